"""What keeps a proposal from being submitted, each with the step where it is mended."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from catalog.claims import find_claims
from catalog.compliance import Holder, missing_by_product
from catalog.models import Product, RequiredPaper
from marketplace.listings.content import OPTIONAL, READ, WHAT, changed_fields, fields_of
from marketplace.listings.models import Proposal
from marketplace.listings.refusals import NotReady, Problem

MOST_PICTURES = 9


def label_of(name: str) -> str:
    """What the field is called."""
    if name == "category":
        return _("Shelf")
    if name == "township":
        return _("Township")
    return str(Product._meta.get_field(name).verbose_name)


def problems_of(proposal: Proposal) -> list[Problem]:
    """All of them; empty when it may be submitted."""
    found = [*missing_facts(proposal), *claims_in(proposal)]
    if proposal.is_new and not proposal.content.get("packs"):
        found.append(Problem("packs", _("It needs at least one pack with price and stock.")))
    found += packs_twice(proposal)
    found += picture_problems(proposal)
    found += missing_own_papers(proposal)
    if not proposal.is_new and not found and not is_different(proposal):
        found.append(Problem("what", _("Nothing has been changed yet.")))
    return found


def missing_facts(proposal: Proposal) -> Iterator[Problem]:
    for name in fields_of(proposal.product_class):
        if name not in OPTIONAL and not proposal.content.get(name):
            words = _("“%(field)s” is still missing.") % {"field": label_of(name)}
            yield Problem("what" if name in WHAT else "words", words)


def claims_in(proposal: Proposal) -> Iterator[Problem]:
    for name in READ:
        for claim in find_claims(str(proposal.content.get(name, ""))):
            yield Problem("what" if name in WHAT else "words", claim.words)
    for pack in proposal.content.get("packs", ()):
        for claim in find_claims(pack["title"]):
            yield Problem("packs", claim.words)


def packs_twice(proposal: Proposal) -> Iterator[Problem]:
    """A size that the good has is changed in the table of prices, and none is there twice."""
    good = proposal.product
    there = set(good.children.values_list("title", flat=True)) if good else set()
    for pack in proposal.content.get("packs", ()):
        if pack["title"] in there:
            words = _("The size %(title)s is there already.") % {"title": pack["title"]}
            yield Problem("packs", words)
        there.add(pack["title"])


def picture_problems(proposal: Proposal) -> Iterator[Problem]:
    """What is submitted has its sizes, so that no live good ever waits for them."""
    renditions = list(proposal.pictures.values_list("renditions", flat=True))
    if not renditions:
        yield Problem("pictures", _("It needs at least one picture."))
    if not all(renditions):
        words = _("The pictures are still being prepared. Please try again in a minute.")
        yield Problem("pictures", words)


def required_of(proposal: Proposal) -> list[RequiredPaper]:
    return list(proposal.product_class.required_papers.order_by("pk"))


def missing_own_papers(proposal: Proposal) -> Iterator[Problem]:
    """Those that the good itself must hold; the business's and the lots' come on their own."""
    held = set(proposal.papers.values_list("kind", flat=True))
    if proposal.product_id:
        held |= set(proposal.product.product_papers.values_list("paper__kind", flat=True))
    for required in required_of(proposal):
        if required.held_by == Holder.PRODUCT and required.kind not in held:
            words = _("%(paper)s is still missing.") % {"paper": required.get_kind_display()}
            yield Problem("papers", words)


def missing_elsewhere(proposal: Proposal, day: date) -> list[RequiredPaper]:
    """What the business or a lot must still hold before the good can be sold."""
    shape = proposal.product or Product(
        cooperative_id=proposal.cooperative_id, product_class_id=proposal.product_class_id
    )
    missing = missing_by_product(products=[shape], day=day)[shape.pk]
    return [required for required in missing if required.held_by != Holder.PRODUCT]


def is_different(proposal: Proposal) -> bool:
    """Whether a change changes anything."""
    if changed_fields(proposal.before, proposal.content) or proposal.content.get("packs"):
        return True
    if proposal.papers.exists():
        return True
    live = list(
        proposal.product.images.order_by("display_order", "pk").values_list("pk", flat=True)
    )
    return live != list(proposal.pictures.order_by("place", "pk").values_list("image", flat=True))


def check_picture_count(count: int) -> None:
    if count >= MOST_PICTURES:
        words = _("A good has at most %(most)s pictures. Take one out first.")
        raise NotReady([Problem("pictures", words % {"most": MOST_PICTURES})])
