"""One good as an operator reads it: all that there is of it, and what is missing."""

from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.compliance import Holder, missing_by_product, papers_of
from catalog.models import Product
from catalog.papers.models import Paper
from catalog.traceability.models import Lot
from marketplace.dashboard.catalogue.listing import Row
from marketplace.dashboard.goods.diff import said
from marketplace.dashboard.goods.history import PackHistory, history_of
from marketplace.dashboard.goods.reasons import reasons_of
from marketplace.dashboard.models import Change
from marketplace.dashboard.papers import listing as papers_room
from marketplace.dashboard.words import ChangeRow
from marketplace.listings.content import content_of, fields_of
from marketplace.listings.models import Proposal, ProposalStep
from marketplace.listings.problems import label_of
from marketplace.order.lots import with_packs

LATEST = 20


class Text(NamedTuple):
    label: str
    text: str


class Papers(NamedTuple):
    """Those of one holder: the business, the good itself, or its released lots."""

    label: str
    rows: list[papers_room.Row]


@dataclass(frozen=True)
class GoodPage:
    row: Row
    texts: list[Text]
    packs: list[PackHistory]
    papers: list[Papers]
    lots: list[Lot]
    proposals: list[Proposal]
    changes: list[ChangeRow]


def read_good(good: Product, now: datetime) -> GoodPage:
    """Of a good that was read `for_rows`."""
    day = timezone.localdate(now)
    missing = missing_by_product(products=[good], day=day)[good.pk]
    lots = with_packs(Lot.objects.filter(product=good)).order_by("-produced_on", "-pk")
    return GoodPage(
        row=Row(good, reasons_of(good, missing, day), good.get_absolute_url()),
        texts=texts_of(good),
        packs=history_of(good, now),
        papers=held_papers(good, now),
        lots=list(lots[:LATEST]),
        proposals=list(good.proposals.undecided().for_rows()),
        changes=nlargest(LATEST, changes_of(good), key=attrgetter("at")),
    )


def texts_of(good: Product) -> list[Text]:
    """What a buyer reads of it, as far as it is filled in."""
    content = content_of(good)
    texts = [Text(label_of(name), said(name, content)) for name in fields_of(good.product_class)]
    return [text for text in texts if text.text]


def held_papers(good: Product, now: datetime) -> list[Papers]:
    day, held = timezone.localdate(now), papers_of(good)
    return [
        Papers(
            label,
            [
                papers_room.Row(
                    paper, good.cooperative, file_of(paper), day, remove_of(good, paper, holder)
                )
                for paper in held[holder]
            ],
        )
        for holder, label in Holder.choices
        if held[holder]
    ]


def remove_of(good: Product, paper: Paper, holder: str) -> str:
    """Only of the good's own: a business and a lot answer for theirs."""
    if holder != Holder.PRODUCT:
        return ""
    return reverse("backoffice:good_paper_remove", args=[good.pk, paper.pk])


def file_of(paper: Paper) -> str:
    return reverse("backoffice:any_paper", args=[paper.pk]) if paper.file else ""


def changes_of(good: Product) -> list[ChangeRow]:
    """The latest of what the market decided about it, in no order."""
    rows = []
    withdrawals = good.withdrawals.select_related("by", "restored_by").order_by("-pk")
    for each in withdrawals[:LATEST]:
        rows.append(ChangeRow(_("Taken off sale"), [each.reason], each.at, each.by))
        if each.restored_at:
            because = [each.restored_because]
            rows.append(ChangeRow(_("Put back"), because, each.restored_at, each.restored_by))
    struck = Change.objects.filter(room=Change.Room.PAPER, subject=str(good.pk))
    for each in struck.select_related("by").order_by("-pk")[:LATEST]:
        what = f"{Paper.Kind(each.before['kind']).label} {each.before['number']}"
        rows.append(
            ChangeRow(_("Paper taken away"), [what, each.after["reason"]], each.at, each.by)
        )
    steps = ProposalStep.objects.filter(proposal__product=good).exclude(state="draft")
    for step in steps.select_related("by", "proposal").order_by("-pk")[:LATEST]:
        title = f"{step.proposal.kind_label} · {step.state_label}"
        rows.append(ChangeRow(title, [step.reason] if step.reason else [], step.at, step.by))
    return rows
