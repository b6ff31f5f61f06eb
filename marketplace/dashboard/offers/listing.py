"""One page of vouchers, or of offers for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.offers.forms import KINDS, SITE, VOUCHERS, OfferFilterForm
from marketplace.localised import listing
from marketplace.offer.models import ConditionalOffer
from marketplace.voucher.models import Voucher

GOODS = ("included_categories", "cooperatives")
UPCOMING, RUNNING, USED_UP, ENDED = "upcoming", "running", "used_up", "ended"


@dataclass(frozen=True)
class Row:
    """A voucher or an offer for everybody, as the table shows it; `code` is "" for the latter."""

    name: str
    code: str
    offer: ConditionalOffer
    begins: datetime | None
    ends: datetime | None
    uses: int
    limit: int | None
    per_person: int | None
    given: Decimal
    now: datetime
    end_url: str

    @property
    def state(self) -> str:
        if self.ends is not None and self.ends <= self.now:
            return ENDED
        if self.begins is not None and self.begins > self.now:
            return UPCOMING
        return USED_UP if self.limit is not None and self.uses >= self.limit else RUNNING

    @property
    def state_label(self) -> str:
        words = {
            UPCOMING: _("Not yet begun"),
            RUNNING: _("Running"),
            USED_UP: _("Used up"),
            ENDED: _("Ended"),
        }
        return words[self.state]

    @property
    def last_moment(self) -> datetime | None:
        """What ends with midnight has the day before as its last."""
        return self.ends - timedelta(seconds=1) if self.ends else None

    @property
    def goods(self) -> str:
        return goods_words(self.offer)

    @property
    def has_ended(self) -> bool:
        return self.state == ENDED


@dataclass(frozen=True)
class OfferList(Listing):
    """`choice` is SITE, or "" for vouchers."""

    BY = "kind"

    now: datetime

    @property
    def rows(self) -> Iterator[Row]:
        row = offer_row if self.choice == SITE else voucher_row
        return (row(one, self.now) for one in self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for(KINDS)


def read_offers(*, params: QueryDict, path: str, now: datetime) -> OfferList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = OfferFilterForm(params)
    offers, vouchers = ConditionalOffer.objects.for_table(), Voucher.objects.for_table()
    counts = {VOUCHERS: Voucher.objects.count(), SITE: ConditionalOffer.objects.site().count()}
    if kind := form.chosen.get("kind", VOUCHERS):
        rows = offers.prefetch_related(*(f"condition__range__{name}" for name in GOODS))
    else:
        rows = vouchers.prefetch_related(*(f"offers__condition__range__{name}" for name in GOODS))
    page = read_page(rows, total=counts[kind], form=form, path=path)
    return OfferList(form, page, counts, path, now)


def goods_words(offer: ConditionalOffer) -> str:
    """What the offer is for; what a cooperative bears is for none but its own goods."""
    goods = offer.condition.range
    if goods.includes_all_products:
        if offer.cooperative is None:
            return _("All goods")
        return _("Goods of %(maker)s") % {"maker": offer.cooperative.short_name_text}
    names = [category.name_text for category in goods.included_categories.all()]
    names += [cooperative.short_name_text for cooperative in goods.cooperatives.all()]
    return listing(names)


def voucher_row(voucher: Voucher, now: datetime) -> Row:
    return Row(
        name=voucher.offer.name_text,
        code=voucher.code,
        offer=voucher.offer,
        begins=voucher.start_datetime,
        ends=voucher.end_datetime,
        uses=voucher.uses,
        limit=voucher.limit_total,
        per_person=voucher.limit_per_person,
        given=voucher.given or Decimal(0),
        now=now,
        end_url=reverse("backoffice:voucher_end", args=[voucher.pk]),
    )


def offer_row(offer: ConditionalOffer, now: datetime) -> Row:
    return Row(
        name=offer.name_text,
        code="",
        offer=offer,
        begins=offer.start_datetime,
        ends=offer.end_datetime,
        uses=offer.use_count,
        limit=offer.max_global_applications,
        per_person=None,
        given=offer.given or Decimal(0),
        now=now,
        end_url=reverse("backoffice:offer_end", args=[offer.pk]),
    )
