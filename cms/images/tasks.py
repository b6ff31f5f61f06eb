from celery import shared_task

from cms.images.models import PageImage
from cms.images.services import make_page_renditions


@shared_task
def make_renditions_of(image_id: int) -> None:
    """The image may have been deleted in the meantime; then there is nothing to make."""
    image = PageImage.objects.filter(pk=image_id).first()
    if image:
        make_page_renditions(image=image)
