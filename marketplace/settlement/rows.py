"""What stands in a statement: each event of money, line by line, as of the sale."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from marketplace.ledger.models import Entry, Posting
from marketplace.money import FEN, NOTHING
from marketplace.order.models import Consignment, Line
from marketplace.payment.models import RefundPart
from marketplace.payment.posting import fee_of, market_shares
from marketplace.settlement.columns import SALE, columns_of
from marketplace.settlement.querysets import entries_of

PARCEL = "consignment__partner__cooperative"


@dataclass(frozen=True)
class Detail:
    """One line, one delivery, or whatever else moved: what it added to the balance, by column.

    `goods` is what a line cost before all discounts; `quantity` are packs.
    """

    label: str
    columns: Mapping[str, Decimal]
    goods: Decimal = NOTHING
    quantity: int = 0
    fee_rate: Decimal | None = None

    @property
    def net(self) -> Decimal:
        return sum(self.columns.values(), NOTHING)

    @property
    def price(self) -> Decimal:
        """Before all discounts."""
        return self.goods or self.column("sold") + self.column("market")

    @property
    def own_discount(self) -> Decimal:
        """What the cooperative itself took off, as a loss."""
        return self.column("sold") + self.column("market") - self.price

    @property
    def market(self) -> Decimal:
        """What the market took off and paid itself."""
        return self.column("market")

    @property
    def fee(self) -> Decimal:
        return self.column("fee")

    @property
    def fee_percent(self) -> str:
        return "" if self.fee_rate is None else f"{self.fee_rate * 100:.2f}%"

    def column(self, name: str) -> Decimal:
        return self.columns.get(name, NOTHING)


@dataclass(frozen=True)
class Row:
    """One posting as it concerns the cooperative; the details sum to its entries."""

    posting: Posting
    columns: Mapping[str, Decimal]
    found: list[Detail] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.posting.event.partition(":")[0]

    @property
    def title(self) -> str:
        words = {
            "paid": _("Sold"),
            "refund": _("Refunded"),
            "refund_failed": _("The refund came back"),
            "cancelled": _("Cancelled"),
            "payout": _("Paid out"),
            "payout_returned": _("Came back from the bank"),
        }
        return words.get(self.kind, _("Other"))

    @property
    def net(self) -> Decimal:
        return sum(self.columns.values(), NOTHING)

    @cached_property
    def details(self) -> list[Detail]:
        """What is known of its parts, if that is all of it; else the sum alone."""
        if self.found and sum((one.net for one in self.found), NOTHING) == self.net:
            return self.found
        return [Detail(self.title, self.columns)]


def price_of_goods(holder: int, entries: QuerySet[Entry]) -> Decimal:
    """What the goods sold in these entries cost before all discounts."""
    sales = entries.filter(posting__event__startswith=SALE).values("posting__reference")
    lines = Line.objects.filter(**{PARCEL: holder}, order__number__in=sales)
    total = lines.aggregate(total=Sum("line_price_before_discounts_incl_tax"))["total"]
    return (total or NOTHING).quantize(FEN)


def rows_for(holder: int, postings: Iterable[Posting]) -> list[Row]:
    """The rows of these postings, in so many queries for any number of them."""
    postings = list(postings)
    entries: dict[int, list[Entry]] = defaultdict(list)
    touched = entries_of(holder).filter(posting__in=postings)
    for entry in touched.select_related("posting", "giver", "taker"):
        entries[entry.posting_id].append(entry)
    details = read_sales(holder, postings) | read_refunds(holder, postings)
    return [
        Row(posting, columns_of(entries[posting.pk], holder), details.get(posting.event, []))
        for posting in postings
    ]


def read_sales(holder: int, postings: list[Posting]) -> dict[str, list[Detail]]:
    """By event: the lines and deliveries of ours in these orders."""
    numbers = {one.reference for one in postings if one.event.startswith(SALE)}
    lines = Line.objects.filter(**{PARCEL: holder}, order__number__in=numbers)
    lines = list(lines.select_related("order").order_by("pk"))
    shares = market_shares(lines)
    parcels = Consignment.objects.filter(partner__cooperative=holder, order__number__in=numbers)
    found: dict[str, list[Detail]] = defaultdict(list)
    for line in lines:
        found[SALE + line.order.number].append(sale_of(line, shares.get(line.pk, NOTHING)))
    for parcel in parcels.filter(fee__gt=0).select_related("order").order_by("pk"):
        delivery = Detail(_("Delivery"), {"delivery": parcel.fee})
        found[SALE + parcel.order.number].append(delivery)
    return found


def sale_of(line: Line, share: Decimal) -> Detail:
    columns = {"sold": line.line_price_incl_tax, "market": share, "fee": -fee_of(line, share)}
    goods = line.line_price_before_discounts_incl_tax
    return Detail(line.title_text, columns, goods, line.quantity, line.fee_rate)


def read_refunds(holder: int, postings: list[Posting]) -> dict[str, list[Detail]]:
    """By event: the parts of ours in these refunds, and in those that came back."""
    signs = {"refund": -1, "refund_failed": 1}
    events = [one.event.partition(":") for one in postings]
    keys = {int(key) for kind, _colon, key in events if kind in signs}
    ours = Q(**{f"line__{PARCEL}": holder}) | Q(**{PARCEL: holder})
    parts = RefundPart.objects.filter(ours, refund__in=keys).select_related("line").order_by("pk")
    found: dict[str, list[Detail]] = defaultdict(list)
    for part in parts:
        for kind, sign in signs.items():
            found[f"{kind}:{part.refund_id}"].append(refund_of(part, sign))
    return found


def refund_of(part: RefundPart, sign: int) -> Detail:
    columns = {"refunded": sign * (part.amount + part.promotion), "fee": -sign * part.fee}
    return Detail(part.line.title_text if part.line else _("Delivery"), columns)
