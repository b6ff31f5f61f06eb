"""Handing many packed parcels to one carrier: a number for each that goes along."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.listing import PAGE_SIZE
from marketplace.dashboard.shipping.forms import NumberField
from marketplace.dashboard.shipping.querysets import find_parcels, for_rows
from marketplace.order.carriers import Carrier
from marketplace.order.models import Consignment
from marketplace.order.services import MoveRefused, ship
from marketplace.order.states import State


def packed_parcels(cooperative: Cooperative) -> list[Consignment]:
    """The first to leave, no more than a page shows."""
    packed = find_parcels(cooperative, {}).filter(state=State.PACKED)
    return list(for_rows(packed)[:PAGE_SIZE])


class SendForm(forms.Form):
    """One carrier, and the number of each parcel that goes along; those without one stay."""

    carrier = forms.ChoiceField(label=gettext_lazy("Carrier"), choices=Carrier.choices)

    def __init__(self, data: QueryDict | None, parcels: Sequence[Consignment]) -> None:
        super().__init__(data)
        self.parcels = parcels
        for parcel in parcels:
            self.fields[name_of(parcel)] = NumberField(required=False)

    def clean(self) -> dict:
        """A number twice is a slip of the scanner."""
        cleaned = super().clean()
        seen: set[str] = set()
        for parcel in self.parcels:
            number = cleaned.get(name_of(parcel))
            if number and number in seen:
                self.add_error(name_of(parcel), _("This number stands above already."))
            seen.add(number)
        return cleaned

    @property
    def rows(self) -> list[tuple[Consignment, BoundField]]:
        return [(parcel, self[name_of(parcel)]) for parcel in self.parcels]

    @property
    def numbers(self) -> list[tuple[Consignment, str]]:
        """Of a valid form, those that go along."""
        said = [(parcel, self.cleaned_data[name_of(parcel)]) for parcel in self.parcels]
        return [(parcel, number) for parcel, number in said if number]


def name_of(parcel: Consignment) -> str:
    return f"number-{parcel.pk}"


@dataclass
class Sent:
    """How many left; in words, why others did not."""

    sent: int = 0
    problems: list[str] = field(default_factory=list)


def send_many(*, form: SendForm, by: User, now: datetime) -> Sent:
    """Each on its own: one that was cancelled meanwhile holds up no other."""
    result = Sent()
    for parcel, number in form.numbers:
        carrier = form.cleaned_data["carrier"]
        try:
            ship(consignment=parcel, carrier=carrier, number=number, by=by, now=now)
        except MoveRefused as refusal:
            result.problems.append(f"{parcel.order.number}: {refusal.words}")
        else:
            result.sent += 1
    return result
