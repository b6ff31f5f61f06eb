"""What happens when an editor uploads or replaces an image."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.images.models import PageImage
from cms.images.tasks import make_renditions_of

# Wagtail's form deletes the sizes of the old file after it has saved the new one.
SETTLED_AFTER = 5


@receiver(post_save, sender=PageImage)
def make_renditions_soon(instance: PageImage, raw: bool, **kwargs: Any) -> None:
    def send() -> None:
        make_renditions_of.apply_async(args=[instance.pk], countdown=SETTLED_AFTER)

    if not raw:
        transaction.on_commit(send, robust=True)
