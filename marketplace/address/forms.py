"""One address form, for the confirm page and for the addresses that a buyer keeps."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.origins.models import Region
from catalog.origins.querysets import BEIJING
from marketplace.accounts.mobile import MobileField
from marketplace.accounts.models import MOBILE
from marketplace.address.cascade import STEPS, codes_to, read_steps
from marketplace.address.models import ChineseAddress
from marketplace.address.parsing import parse_address
from marketplace.address.services import Destination

CHOOSE = {
    "province": _("Choose a province"),
    "city": _("Choose a city"),
    "district": _("Choose a district"),
    "street": _("Choose a street"),
}


def text_field(label: str, missing: str, purpose: str, length: int) -> forms.CharField:
    """A line of text; `purpose` tells the browser what it may fill in."""
    return forms.CharField(
        label=label,
        max_length=length,
        widget=forms.TextInput(attrs={"autocomplete": purpose}),
        error_messages={"required": missing},
    )


def place_field(level: Region.Level, missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=level.label,
        error_messages={
            "required": missing,
            "invalid_choice": _("Please choose one from this list."),
        },
    )


class AddressForm(forms.Form):
    """Recipient, mobile, the place from the province down, the door.

    Only the lists are fields that the choices above them open; those that are missing in a
    place (a municipality's cities, most districts' streets) are not asked for.
    """

    recipient = text_field(_("Recipient"), _("Please write who receives it."), "name", 30)
    mobile = MobileField(
        max_length=20,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "placeholder": "138 0000 0000"}
        ),
        error_messages={"required": MOBILE.message},
    )
    province = place_field(Region.Level.PROVINCE, _("Please choose a province."))
    city = place_field(Region.Level.CITY, _("Please choose a city."))
    district = place_field(Region.Level.DISTRICT, _("Please choose a district."))
    street = place_field(Region.Level.STREET, _("Please choose a street or township."))
    detail = text_field(
        _("Road, building, door"),
        _("Please write road, building and door number."),
        "street-address",
        100,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("province", BEIJING)
        self.steps = read_steps(self.data if self.is_bound else self.initial)
        for step in self.steps:
            self.initial[step.name] = step.chosen.code if step.chosen else ""
            self.fields[step.name].choices = [
                ("", CHOOSE[step.name]),
                *((region.code, region.name_text) for region in step.regions),
            ]
        for name in set(STEPS.values()) - {step.name for step in self.steps}:
            del self.fields[name]

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[step.name] for step in self.steps]

    @property
    def last_place(self) -> forms.BoundField:
        return self.places[-1]

    @property
    def region(self) -> Region | None:
        """The deepest region that is chosen, with its parents."""
        chosen = [step.chosen for step in self.steps if step.chosen]
        return chosen[-1] if chosen else None

    @property
    def region_code(self) -> str:
        """The code that parcels are quoted for; "" while not even the district is chosen."""
        is_whole = self.steps[-1].chosen is not None
        deep_enough = self.region and (is_whole or self.region.level >= Region.Level.DISTRICT)
        return self.region.code if deep_enough else ""

    def destination(self) -> Destination:
        """Of a valid form."""
        data = self.cleaned_data
        return Destination(
            recipient=data["recipient"],
            mobile=data["mobile"],
            region=self.region,
            detail=data["detail"],
        )


def written(address: ChineseAddress) -> dict[str, str]:
    """What the form's fields hold for an address."""
    typed = {
        "recipient": address.recipient,
        "mobile": address.mobile,
        "detail": address.line1,
    }
    return typed | codes_to(address.region_id)


def typed_so_far(data: QueryDict) -> dict[str, str]:
    """What has been typed, and over it what a pasted text holds when that is asked for."""
    typed = data.dict()
    if data.get("next") != "paste":
        return typed
    proposal = parse_address(data.get("pasted", ""))
    if not proposal.found_something:
        return typed | {"is_read": "no"}
    read = {name: words for name, words in proposal.fields.items() if words}
    return typed | read | codes_to(proposal.region_code) | {"is_read": "yes"}
