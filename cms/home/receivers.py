"""What follows from pages: addresses in navigation and footer, and who may write about fairs."""

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

from cms.expos.models import FairIndexPage
from cms.home.chrome import forget_chrome
from cms.home.groups import allow_organisers
from cms.home.models import SiteChrome


@receiver(post_save, sender=SiteChrome)
@receiver(post_delete, sender=Page)
@receiver(page_published)
@receiver(page_unpublished)
@receiver(page_slug_changed)
@receiver(post_page_move)
def refresh_chrome(**kwargs: Any) -> None:
    forget_chrome()


@receiver(page_published, sender=FairIndexPage)
def let_organisers_write(instance: FairIndexPage, **kwargs: Any) -> None:
    allow_organisers(instance)
