"""Making the sizes of uploaded pictures, so that no page waits for one."""

from celery import shared_task

from marketplace.listings.models import ProposalPicture
from marketplace.pictures import make_renditions

BATCH = 20


@shared_task
def make_picture_renditions(picture_id: int) -> None:
    """The picture may have been taken out meanwhile; then there is nothing to make."""
    picture = ProposalPicture.objects.filter(pk=picture_id, renditions=[]).first()
    if picture is None:
        return
    with picture.file.open() as file:
        rows = make_renditions(file)
    ProposalPicture.objects.filter(pk=picture_id).update(renditions=rows)


@shared_task
def make_missing_renditions() -> None:
    """Of pictures that were uploaded while the broker was away."""
    missing = ProposalPicture.objects.filter(renditions=[]).order_by("pk")
    for key in missing.values_list("pk", flat=True)[:BATCH]:
        make_picture_renditions.delay(key)
