from celery import shared_task
from django.utils import timezone

from cms.images.models import PageImage
from cms.images.services import (
    make_page_renditions,
    remove_renditions_without_consent,
    remove_withdrawn_pictures,
)

BATCH = 20


@shared_task
def make_renditions_of(image_id: int) -> None:
    """The image may have been deleted, or its consent withdrawn; then there is nothing to make."""
    image = PageImage.objects.agreed(timezone.localdate()).filter(pk=image_id).first()
    if image:
        make_page_renditions(image=image)


@shared_task
def follow_consents() -> None:
    """What was withdrawn is deleted, and what ended loses its sizes; what holds again, or was
    uploaded while the broker was away, gets them."""
    day = timezone.localdate()
    remove_withdrawn_pictures()
    remove_renditions_without_consent(day=day)
    missing = PageImage.objects.agreed(day).without_sizes().order_by("pk")
    for key in missing.values_list("pk", flat=True)[:BATCH]:
        make_renditions_of.delay(key)
