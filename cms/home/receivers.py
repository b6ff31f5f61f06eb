"""Addresses in navigation and footer follow the pages they link to."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from cms.home.chrome import forget_chrome
from cms.home.models import SiteChrome


@receiver(post_save, sender=SiteChrome)
@receiver(post_delete, sender=Page)
@receiver(page_published)
@receiver(page_unpublished)
@receiver(page_slug_changed)
@receiver(post_page_move)
def refresh_chrome(**kwargs: Any) -> None:
    forget_chrome()
