"""The papers of a business: added, renewed, taken away; its goods follow at once."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from catalog.compliance import recompute_sellable
from catalog.models import Product
from catalog.papers.models import Paper
from catalog.papers.services import Details, erase_paper, write_paper
from catalog.producers.models import Cooperative, CooperativePaper

KINDS = (
    Paper.Kind.BUSINESS_LICENCE,
    Paper.Kind.FOOD_PRODUCTION_LICENCE,
    Paper.Kind.SLAUGHTER_LICENCE,
    Paper.Kind.ANIMAL_HEALTH_LICENCE,
    Paper.Kind.FRESH_CUT_FILING,
)


@transaction.atomic
def add_licence(
    *, cooperative: Cooperative, details: Details, file: ContentFile, day: date
) -> Paper:
    """Keep a paper that the business holds. Raises ValidationError by field of Details."""
    hold(cooperative)
    paper = write_paper(details=details, held=cooperative.papers.all(), file=file)
    CooperativePaper.objects.create(cooperative=cooperative, paper=paper)
    recompute_goods(cooperative=cooperative, day=day)
    return paper


@transaction.atomic
def remove_licence(*, cooperative: Cooperative, paper_id: int, day: date) -> None:
    """Take away a paper that was entered by mistake; nothing when it is gone already."""
    hold(cooperative)
    held = CooperativePaper.objects.filter(cooperative=cooperative, paper_id=paper_id)
    link = held.select_related("paper").first()
    if link is None:
        return
    link.delete()
    erase_paper(paper=link.paper)
    recompute_goods(cooperative=cooperative, day=day)


def hold(cooperative: Cooperative) -> None:
    """Lock the business until the transaction ends: its papers are written one at a time."""
    Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)


def recompute_goods(*, cooperative: Cooperative, day: date) -> None:
    """Until when each of its goods may be sold, by the papers as they are now."""
    goods = Product.objects.filter(cooperative=cooperative, structure=Product.PARENT)
    for product in goods.select_related("product_class", "cooperative").order_by("pk"):
        recompute_sellable(product=product, day=day)
