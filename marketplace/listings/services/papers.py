"""Papers of a good itself, from the proposal that brings them to the good that holds them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.compliance import recompute_sellable
from catalog.models import Product, ProductPaper
from catalog.papers.models import Paper
from catalog.papers.querysets import PaperQuerySet
from catalog.papers.services import Details, check_details, save_with_file, write_paper
from marketplace.listings.models import Proposal, ProposalPaper
from marketplace.listings.refusals import NotReady, Problem
from marketplace.listings.services.locking import hold, touch
from marketplace.partner.services import refresh_shelf
from marketplace.uploads import private_storage


@transaction.atomic
def add_paper(*, proposal_id: int, details: Details, file: ContentFile) -> ProposalPaper:
    """Its holder is the cooperative, whatever `details` say. Raises ValidationError by field of
    Details for one that the good or the proposal has already, or whose days are out of order."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN)
    check_details(details, own_papers(proposal.product))
    if proposal.papers.filter(kind=details.kind, number=details.number).exists():
        raise ValidationError({"number": _("This paper is here already.")})
    typed = details._asdict()
    del typed["holder"]
    paper = ProposalPaper(proposal=proposal, **typed)
    save_with_file(paper, file)
    touch(proposal)
    return paper


@transaction.atomic
def remove_paper(*, proposal_id: int, paper_id: int) -> None:
    """Take a paper out of the proposal, and its file out of the store."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN)
    if discard_papers(proposal, pk=paper_id):
        touch(proposal)


def discard_papers(proposal: Proposal, **which: int) -> int:
    """Delete those papers with their files, after the commit; of a proposal that is not live."""
    papers = proposal.papers.filter(**which)
    names = [name for name in papers.values_list("file", flat=True) if name]
    transaction.on_commit(lambda: delete_files(names), robust=True)
    return papers.delete()[0]


def delete_files(names: list[str]) -> None:
    for name in names:
        private_storage().delete(name)


def put_papers(proposal: Proposal, good: Product) -> None:
    """Make the good hold what was approved. Raises NotReady when it holds such a one meanwhile."""
    for one in proposal.papers.order_by("pk"):
        names = (name for name in Details._fields if name != "holder")
        typed = {name: getattr(one, name) for name in names}
        details = Details(holder=proposal.cooperative.name, **typed)
        try:
            paper = write_paper(details=details, held=own_papers(good))
        except ValidationError as refusal:
            raise NotReady([Problem("papers", words) for words in refusal.messages]) from refusal
        paper.file.name = one.file.name
        paper.save(update_fields=["file"])
        ProductPaper.objects.create(product=good, paper=paper)


@transaction.atomic
def strike_paper(*, product_id: int, paper_id: int, now: datetime) -> Paper:
    """The good holds the paper no more, its badge goes, and it is sold only if the others suffice.

    The paper itself and its photo are kept: they may be evidence. Raises ProductPaper.DoesNotExist.
    """
    goods = Product.objects.select_for_update(no_key=True, of=("self",))
    good = goods.select_related("product_class").get(pk=product_id)
    held = ProductPaper.objects.select_related("paper").get(product=good, paper=paper_id)
    held.delete()
    recompute_sellable(product=good, day=timezone.localdate(now))
    refresh_shelf(product_ids=[good.pk])
    return held.paper


def own_papers(good: Product | None) -> PaperQuerySet:
    """Those that the good holds itself; none of one that is still proposed."""
    return Paper.objects.of_good(good) if good else Paper.objects.none()
