"""What organisers of fairs find in the admin."""

from cms.expos.admin.exhibitors import hooks as exhibitors

exhibitors.register()
