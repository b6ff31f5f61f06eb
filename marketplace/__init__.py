"""阴山集: the site, its commerce, and our forks of Oscar's apps."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
