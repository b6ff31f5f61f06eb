"""What organisers of fairs find in the admin."""

from cms.expos.admin.copying import hooks as copying
from cms.expos.admin.exhibitors import hooks as exhibitors
from cms.expos.admin.visitors import hooks as visitors

copying.register()
exhibitors.register()
visitors.register()
