"""What happens when an editor uploads or replaces an image, or changes a consent."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from cms.images.models import PageImage, PictureConsent
from cms.images.tasks import follow_consents, make_renditions_of
from cms.images.uploads import is_new_upload, without_metadata

# Wagtail's form deletes the sizes of the old file after it has saved the new one.
SETTLED_AFTER = 5


@receiver(pre_save, sender=PageImage)
def forget_the_camera(instance: PageImage, raw: bool, **kwargs: Any) -> None:
    """Before anything is stored: until its sizes are made, a page shows the upload itself."""
    if raw or not is_new_upload(instance.file):
        return
    file = without_metadata(instance.file)
    if file:
        instance.file = file
        instance._set_image_file_metadata()


@receiver(post_save, sender=PageImage)
def make_renditions_soon(instance: PageImage, raw: bool, **kwargs: Any) -> None:
    def send() -> None:
        make_renditions_of.apply_async(args=[instance.pk], countdown=SETTLED_AFTER)

    if not raw:
        transaction.on_commit(send, robust=True)


@receiver(post_save, sender=PictureConsent)
def follow_consents_soon(**kwargs: Any) -> None:
    transaction.on_commit(follow_consents.delay, robust=True)
