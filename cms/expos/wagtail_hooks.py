"""What organisers of fairs find in the admin."""

from cms.expos.admin.visitors import hooks as visitors

visitors.register()
