"""What waits for a cooperative beside its parcels: the most pressing first, by role."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.producers.models import Cooperative, Membership
from catalog.traceability.models import Lot
from marketplace.dashboard.lots.querysets import lots_of
from marketplace.dashboard.overview import booths, lots, papers, stock
from marketplace.dashboard.overview.words import ends_words, packs_words
from marketplace.day_words import near_day
from marketplace.listings.models import Proposal
from marketplace.settlement.models import BankAccount

Role = Membership.Role
CLERKS = (Role.OWNER, Role.CLERK)
AT_MOST = 3


class Job(NamedTuple):
    """One thing to do, and the page where it is done; without an address it is only told."""

    icon: str
    label: str
    text: str
    url: str = ""


def read_jobs(membership: Membership, today: date, *, has_sold: bool) -> list[Job]:
    """The accountant has only the papers of the business to keep an eye on; what there is to do
    before the first sale is told as first steps."""
    maker = membership.cooperative
    if membership.role not in CLERKS:
        return list(paper_jobs(maker, today, with_goods=False))
    return [
        *booth_jobs(maker, today),
        *lot_jobs(maker, today),
        *paper_jobs(maker, today, with_goods=True),
        *returned_goods(maker),
        *held_lots(maker),
        *(missing_account(maker) if has_sold and membership.role == Role.OWNER else ()),
        *stock_jobs(maker, today),
    ]


def booth_jobs(maker: Cooperative, today: date) -> Iterator[Job]:
    for held in booths.held_for(maker, today):
        until = timezone.localtime(held.held_until)
        number = {"fair": held.fair.name_text, "number": held.booth.number}
        yield Job(
            "store",
            _("%(fair)s: booth %(number)s is held for you") % number,
            _("Confirm it before %(day)s %(time)s.")
            % {"day": near_day(until.date()), "time": f"{until:%H:%M}"},
            reverse("backoffice:coop_fair", args=[maker.slug, held.fair_id]),
        )


def lot_jobs(maker: Cooperative, today: date) -> Iterator[Job]:
    found = lots.read_lots(maker, today)
    for good, missing in found.missing:
        yield Job(
            "package-search",
            _("%(good)s: no lot for %(packs)s") % {"good": good, "packs": packs_words(missing)},
            _("They are ordered and cannot be packed. Record a lot and release it."),
            reverse("backoffice:coop_lot_new", args=[maker.slug]),
        )
    for offer in found.ending:
        left = ngettext("%(count)s pack left", "%(count)s packs left", offer.free)
        yield Job(
            "hourglass",
            _("Lot %(code)s: %(ends)s")
            % {"code": offer.lot.code, "ends": ends_words(offer.best_before, today)},
            f"{offer.lot.product.name} · {left % {'count': offer.free}}",
            reverse("backoffice:coop_lot", args=[maker.slug, offer.lot.code]),
        )


def paper_jobs(maker: Cooperative, today: date, *, with_goods: bool) -> Iterator[Job]:
    room = reverse("backoffice:papers", args=[maker.slug])
    running_out = [(one, "", room) for one in papers.of_businesses([maker.pk], today)]
    if with_goods:
        running_out += [
            (one, one.good, reverse("backoffice:good", args=[maker.slug, one.good_id]))
            for one in papers.of_goods(maker.pk, today)
        ]
    for one, good, url in sorted(running_out, key=lambda row: row[0].last):
        label = _("%(paper)s: %(ends)s") % {
            "paper": one.kind_label,
            "ends": ends_words(one.last, today),
        }
        words = _("Renew it in time: without it goods that need it are off sale.")
        yield Job("file-text", label, f"{good} · {one.number}" if good else words, url)


def returned_goods(maker: Cooperative) -> Iterator[Job]:
    returned = Proposal.objects.of(maker).filter(state=Proposal.State.RETURNED)
    for proposal in returned.order_by("-pk")[:AT_MOST]:
        yield Job(
            "undo-2",
            _("Returned: %(good)s") % {"good": proposal.title or _("A good without a name")},
            _("Read what the market wrote, correct it, send it again."),
            reverse("backoffice:proposal", args=[maker.slug, proposal.pk]),
        )


def held_lots(maker: Cooperative) -> Iterator[Job]:
    number = lots_of(maker).filter(state=Lot.State.HELD).count()
    if number:
        words = ngettext("%(count)s lot to release", "%(count)s lots to release", number)
        yield Job(
            "package-check",
            words % {"count": number},
            _("Packs of a lot can be sent once it is released."),
            f"{reverse('backoffice:coop_lots', args=[maker.slug])}?state={Lot.State.HELD}",
        )


def missing_account(maker: Cooperative) -> Iterator[Job]:
    """Only an owner may write one down."""
    states = BankAccount.State
    if not maker.bank_accounts.filter(state__in=[states.WAITING, states.CONFIRMED]).exists():
        yield Job(
            "landmark",
            _("No bank account yet"),
            _("Without one nothing of your sales can be paid out."),
            reverse("backoffice:coop_account", args=[maker.slug]),
        )


def stock_jobs(maker: Cooperative, today: date) -> Iterator[Job]:
    """The rule is said with the last of them, where the rest is counted."""
    room = reverse("backoffice:goods_prices", args=[maker.slug])
    found = stock.read_short(maker, today)
    for pack in found.packs:
        yield Job("shopping-basket", pack.label, pack.text, stock.address(room, pack))
    if found.number:
        more = found.number - len(found.packs)
        words = ngettext("%(count)s more runs low", "%(count)s more run low", more)
        label = words % {"count": more} if more else _("Prices and stock")
        yield Job("boxes", label, stock.rule_words(), room)
