"""The form of a refund: an amount, or all that is left, for each line and each delivery."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.dashboard.fields import YuanField
from marketplace.dashboard.orders.detail import OfficeParcel
from marketplace.money import NOTHING
from marketplace.payment.refunds import Wish


class Thing(NamedTuple):
    """Something that money was paid for: a line, or the delivery of a parcel."""

    name: str
    label: str
    paid: Decimal
    left: Decimal

    @property
    def rest(self) -> str:
        return f"{self.name}-rest"

    @property
    def back(self) -> Decimal:
        return self.paid - self.left


@dataclass(frozen=True)
class ThingOnPage:
    thing: Thing
    amount: forms.BoundField | None
    rest: forms.BoundField | None


class Group(NamedTuple):
    """What one parcel was paid for."""

    title: str
    rows: list[ThingOnPage]


def things_of(parcel: OfficeParcel) -> Iterator[Thing]:
    for line in parcel.consignment.lines.all():
        price = line.line_price_incl_tax
        yield Thing(f"line-{line.pk}", line.title_text, price, line.refundable)
    one = parcel.consignment
    if one.fee:
        yield Thing(f"fee-{one.pk}", _("Delivery"), one.fee, one.fee_refundable)


class RefundForm(forms.Form):
    """Asks for the parcels' lines and deliveries; `wish` is what the service is asked for.

    What is typed is bounded by what is left. The token stays the same from the first page to
    the last, so that a wish that is sent twice is one refund.
    """

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("The buyer reads it too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: object, parcels: Iterable[OfficeParcel]) -> None:
        super().__init__(data)
        self.things = [(parcel.title, list(things_of(parcel))) for parcel in parcels]
        for thing in self.all_things:
            if thing.left:
                self.fields[thing.name] = amount_field(thing)
                self.fields[thing.rest] = forms.BooleanField(
                    label=_("All that is left"), required=False
                )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def all_things(self) -> list[Thing]:
        return [thing for _title, things in self.things for thing in things]

    @property
    def groups(self) -> list[Group]:
        return [
            Group(title, [self.on_page(thing) for thing in things]) for title, things in self.things
        ]

    def on_page(self, thing: Thing) -> ThingOnPage:
        if not thing.left:
            return ThingOnPage(thing, None, None)
        return ThingOnPage(thing, self[thing.name], self[thing.rest])

    @property
    def next_token(self) -> str:
        """The token that came with the form; a new one for a new form, or for one that is none."""
        came = getattr(self, "cleaned_data", {}).get("token")
        return str(came or uuid.uuid4())

    def clean(self) -> dict:
        cleaned = super().clean()
        for thing in self.all_things:
            if cleaned.get(thing.rest):
                self.take_the_rest(thing, cleaned)
        if not self.errors and not self.amounts:
            raise forms.ValidationError(
                _("Nothing is to go back yet. Fill in an amount, or tick what goes back whole.")
            )
        return cleaned

    def take_the_rest(self, thing: Thing, cleaned: dict) -> None:
        if cleaned.get(thing.name) not in (None, thing.left):
            self.add_error(thing.name, _("Either this amount or all that is left."))
        cleaned[thing.name] = thing.left

    @property
    def amounts(self) -> dict[str, Decimal]:
        """Yuan by the things' names, of those that get something back."""
        found = {thing.name: self.cleaned_data.get(thing.name) for thing in self.all_things}
        return {name: amount for name, amount in found.items() if amount}

    @property
    def total(self) -> Decimal:
        return sum(self.amounts.values(), NOTHING)

    @property
    def chosen(self) -> list[tuple[str, Thing, Decimal]]:
        """What goes back, with the parcel's title, in the order of the page."""
        return [
            (title, thing, self.amounts[thing.name])
            for title, things in self.things
            for thing in things
            if thing.name in self.amounts
        ]

    @property
    def wish(self) -> Wish:
        return Wish(keys_of("line-", self.amounts), keys_of("fee-", self.amounts))


def amount_field(thing: Thing) -> YuanField:
    field = YuanField(label=_("Goes back, ¥"), required=False, max_value=thing.left)
    field.error_messages["max_value"] = _("At most ¥%(limit_value)s is left of it.")
    return field


def keys_of(kind: str, amounts: dict[str, Decimal]) -> dict[int, Decimal]:
    return {
        int(name.removeprefix(kind)): amount
        for name, amount in amounts.items()
        if name.startswith(kind)
    }
