"""Which papers an exhibitor lacks for the days of a fair.

Whoever holds a fair must look at the licences of those who sell food there (Food Safety Law,
art. 61). What is asked for is what the shelf asks for: see catalog.compliance. Papers of lots are
left out: what is sold at the fair is harvested or slaughtered later.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from catalog.models import Product, RequiredPaper
from catalog.papers.models import Paper
from catalog.producers.kinds import Kind
from catalog.producers.models import Cooperative
from marketplace.fairs.models import Fair
from marketplace.fairs.phases import days_of

Holder = RequiredPaper.Holder


class Lacking(NamedTuple):
    """A kind of paper that does not cover every day of the fair; of which good, or of none."""

    kind: str
    good: Product | None

    @property
    def words(self) -> str:
        paper = Paper.Kind(self.kind).label
        if self.good:
            words = _("%(paper)s of “%(good)s” is missing, or ends before the fair does.")
            return words % {"paper": paper, "good": self.good.name}
        words = _("%(paper)s of the business is missing, or ends before the fair does.")
        return words % {"paper": paper}


def lacking_papers(
    *, cooperative: Cooperative, goods: Iterable[Product], fair: Fair
) -> list[Lacking]:
    """In a few queries, however many goods it brings."""
    goods = list(goods)
    regimes = {good.product_class_id for good in goods}
    required = list(RequiredPaper.objects.filter(product_class__in=regimes).order_by("pk"))
    own = Paper.objects.filter(cooperativepaper__cooperative=cooperative)
    kinds = {each.kind for each in required if each.held_by == Holder.COOPERATIVE}
    if cooperative.kind != Kind.INDIVIDUAL:
        kinds.add(Paper.Kind.BUSINESS_LICENCE)
    held = list(own.order_by())
    lacking = [Lacking(kind, None) for kind in sorted(kinds) if not cover(held, kind, fair)]
    return lacking + _of_goods(goods, required, fair)


def _of_goods(goods: list[Product], required: list[RequiredPaper], fair: Fair) -> list[Lacking]:
    papers = Paper.objects.filter(productpaper__product__in=goods).order_by()
    held: dict[int, list[Paper]] = {}
    for paper in papers.annotate(good=F("productpaper__product")):
        held.setdefault(paper.good, []).append(paper)
    return [
        Lacking(each.kind, good)
        for good in goods
        for each in required
        if each.held_by == Holder.PRODUCT
        and each.product_class_id == good.product_class_id
        and not cover(held.get(good.pk, ()), each.kind, fair)
    ]


def cover(papers: Iterable[Paper], kind: str, fair: Fair) -> bool:
    """Whether some paper of the kind is valid on each day of the fair; one may follow another."""
    fitting = [paper for paper in papers if paper.kind == kind]
    return all(any(is_valid(paper, day) for paper in fitting) for day in days_of(fair))


def is_valid(paper: Paper, day: date) -> bool:
    return paper.valid_from <= day and (paper.valid_until is None or day <= paper.valid_until)
