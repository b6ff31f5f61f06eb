"""What a new cooperative does first, and how far it is."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative, CooperativePaper, Membership
from catalog.traceability.models import Lot
from marketplace.dashboard.overview.jobs import CLERKS
from marketplace.listings.models import Proposal
from marketplace.order.models import Consignment
from marketplace.settlement.models import BankAccount

Role = Membership.Role
UNPAID = (Consignment.State.AWAITING_PAYMENT, Consignment.State.EXPIRED)


class FirstStep(NamedTuple):
    label: str
    text: str
    url: str
    is_done: bool


def read_first_steps(membership: Membership) -> list[FirstStep]:
    """None once all are done or anything was sold, and none for the accountant, who can do
    none of them."""
    if membership.role not in CLERKS:
        return []
    maker = membership.cooperative
    done = what_is_done(maker)
    steps = steps_of(maker, done, with_account=membership.role == Role.OWNER)
    is_begun = done["has_sold"] or all(step.is_done for step in steps)
    return [] if is_begun else steps


def what_is_done(maker: Cooperative) -> dict[str, bool]:
    """In one query."""
    states, accounts = Proposal.State, BankAccount.State
    goods = maker.products.filter(structure="parent")
    sent = maker.proposals.filter(state__in=[states.SUBMITTED, states.APPROVED])
    lots = Lot.objects.released().filter(product__cooperative=maker)
    parcels = Consignment.objects.filter(partner__cooperative=maker)
    written = maker.bank_accounts.filter(state__in=[accounts.WAITING, accounts.CONFIRMED])
    asked = {
        "has_papers": Exists(CooperativePaper.objects.filter(cooperative=OuterRef("pk"))),
        "has_goods": Exists(goods),
        "has_sent": Exists(sent),
        "has_lots": Exists(lots),
        "has_account": Exists(written),
        "has_sold": Exists(parcels.exclude(state__in=UNPAID)),
    }
    rows: QuerySet = Cooperative.objects.filter(pk=maker.pk).annotate(**asked).values(*asked)
    return rows.get()


def steps_of(maker: Cooperative, done: dict[str, bool], *, with_account: bool) -> list[FirstStep]:
    steps = [
        (
            _("Put in the papers of your business"),
            _("A photo is enough. Goods need them to be on sale."),
            "paper_new",
            done["has_papers"],
        ),
        (
            _("Put up your first good"),
            _("The market looks it through, then it is on sale."),
            "goods_new",
            done["has_goods"] or done["has_sent"],
        ),
        (
            _("Record a lot and release it"),
            _("Every pack that leaves is of a lot that a buyer can look up."),
            "coop_lot_new",
            done["has_lots"],
        ),
    ]
    account = (
        _("Write down your bank account"),
        _("Only you as the owner can; the market compares it with its paper."),
        "coop_account",
        done["has_account"],
    )
    return [
        FirstStep(label, text, reverse(f"backoffice:{name}", args=[maker.slug]), is_done)
        for label, text, name, is_done in (*steps, *([account] if with_account else []))
    ]
