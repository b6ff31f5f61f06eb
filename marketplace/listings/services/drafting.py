"""Beginning a proposal, and writing it while it is the cooperative's to write."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from catalog.models import Product, ProductClass
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.listings.content import Content, content_of, fields_of
from marketplace.listings.models import Proposal, ProposalPicture
from marketplace.listings.problems import check_picture_count
from marketplace.listings.refusals import AnotherOpen
from marketplace.listings.services.locking import State, hold, move, touch
from marketplace.listings.tasks import make_picture_renditions


@transaction.atomic
def start_good(
    *, cooperative: Cooperative, regime: ProductClass, by: User | None, now: datetime
) -> Proposal:
    """An empty draft of a new good; its place is the cooperative's until another is named."""
    proposal = Proposal(
        cooperative=cooperative,
        kind=Proposal.Kind.NEW,
        product_class=regime,
        content={"township": cooperative.township_id, "packs": []},
        begun_at=now,
    )
    move(proposal, State.DRAFT, by=by, now=now)
    return proposal


@transaction.atomic
def start_change(*, product: Product, by: User | None, now: datetime) -> Proposal:
    """A draft that holds what is live; its packs are those that come on top.

    Raises AnotherOpen(pk): there is one at a time.
    """
    product = Product.objects.select_for_update(no_key=True, of=("self",)).get(pk=product.pk)
    undecided = product.proposals.undecided().filter(kind=Proposal.Kind.CHANGE).first()
    if undecided:
        raise AnotherOpen(undecided.pk)
    live = content_of(product)
    proposal = Proposal(
        cooperative=product.cooperative,
        kind=Proposal.Kind.CHANGE,
        product=product,
        product_class=product.product_class,
        content=live | {"packs": []},
        before=live,
        begun_at=now,
    )
    move(proposal, State.DRAFT, by=by, now=now)
    ProposalPicture.objects.bulk_create(
        ProposalPicture(
            proposal=proposal,
            image=image,
            file=image.original.name,
            place=place,
            renditions=image.renditions,
        )
        for place, image in enumerate(product.images.order_by("display_order", "pk"))
    )
    return proposal


@transaction.atomic
def save_content(*, proposal_id: int, values: Content, seen: int) -> Proposal:
    """Keep what was typed, finished or not; `values` are clean and of the good's own fields."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN, seen=seen)
    known = {*fields_of(proposal.product_class), "packs"}
    proposal.content |= {name: value for name, value in values.items() if name in known}
    touch(proposal)
    return proposal


@transaction.atomic
def add_picture(*, proposal_id: int, photo: bytes, name: str) -> ProposalPicture:
    """Put a clean photo (see marketplace.photos) last; its sizes are made after the commit."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN)
    places = list(proposal.pictures.values_list("place", flat=True))
    check_picture_count(len(places))
    picture = ProposalPicture(proposal=proposal, place=max(places, default=-1) + 1)
    picture.file.save(name, ContentFile(photo), save=True)
    touch(proposal)
    transaction.on_commit(lambda: make_picture_renditions.delay(picture.pk), robust=True)
    return picture


@transaction.atomic
def remove_picture(*, proposal_id: int, picture_id: int) -> None:
    """Take a picture out; the file of one that is live stays with the good."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN)
    picture = proposal.pictures.filter(pk=picture_id).first()
    if picture is None:
        return
    picture.delete()
    touch(proposal)
    if picture.image_id is None:
        names = [picture.file.name, *(row["name"] for row in picture.renditions)]
        transaction.on_commit(lambda: delete_files(names), robust=True)


@transaction.atomic
def put_first(*, proposal_id: int, picture_id: int) -> None:
    """The first picture is the one that the shelf shows; the others keep their order."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN)
    pictures = list(proposal.pictures.order_by("place", "pk"))
    pictures.sort(key=lambda picture: picture.pk != picture_id)
    for place, picture in enumerate(pictures):
        picture.place = place
    ProposalPicture.objects.bulk_update(pictures, ["place"])
    touch(proposal)


def delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
