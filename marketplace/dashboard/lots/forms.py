"""What a clerk is asked about a lot: no more than its good's legal regime needs."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.compliance import Holder
from catalog.models import Product
from catalog.papers.models import Paper
from catalog.traceability.models import Lot, LotEvent, LotPaper
from catalog.traceability.services import (
    MOST_PACKS,
    EventFacts,
    LotFacts,
    PaperFacts,
    beginning_of,
)
from marketplace.dashboard.fields import DayField, PaperFileField, ServiceForm
from marketplace.dashboard.listing import FilterForm

Kind = Paper.Kind
# What whoever harvests or slaughters issues itself.
OWN_PAPERS = (Kind.CONFORMITY_CERTIFICATE, Kind.MEAT_INSPECTION)
LOT_PAPERS = (
    *OWN_PAPERS,
    Kind.ANIMAL_QUARANTINE,
    Kind.TEST_REPORT,
    Kind.ORGANIC_CERTIFICATE,
    Kind.GREEN_FOOD_CERTIFICATE,
)


class LotFilterForm(FilterForm):
    state = forms.ChoiceField(required=False, choices=Lot.State.choices, widget=forms.HiddenInput)
    q = forms.CharField(
        label=gettext_lazy("Good or lot code"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class PaperFields(NamedTuple):
    """The fields of one paper in a form that asks for several."""

    title: str
    number: forms.BoundField
    issuer: forms.BoundField
    valid_until: forms.BoundField


class LotForm(ServiceForm):
    """A new lot. The papers that the law wants with it may come later: it is held until then."""

    produced_on = DayField()
    quantity = forms.IntegerField(
        label=gettext_lazy("Packs in this lot"),
        min_value=1,
        max_value=MOST_PACKS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.CharField(label=gettext_lazy("Field or workshop"), max_length=60)
    code = forms.CharField(
        label=gettext_lazy("Lot code"),
        max_length=24,
        help_text=gettext_lazy("As it is printed on the label. The proposal will do."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )

    def __init__(self, data: object, product: Product, initial: dict) -> None:
        super().__init__(data, initial=initial)
        required = product.product_class.required_papers.filter(held_by=Holder.LOT)
        self.kinds = [Kind(one.kind) for one in required.order_by("pk")]
        self.fields["produced_on"].label = day_label(beginning_of(product))
        for kind in self.kinds:
            self.fields |= paper_fields(kind, issuer_of(product, kind))

    def clean_code(self) -> str:
        return self.cleaned_data["code"].upper()

    def clean(self) -> dict:
        cleaned = super().clean()
        for kind in self.kinds:
            number, issuer = cleaned.get(f"{kind}-number"), cleaned.get(f"{kind}-issuer")
            if number and not issuer:
                self.add_error(f"{kind}-issuer", _("Who issued it?"))
            if cleaned.get(f"{kind}-valid_until") and not number:
                self.add_error(f"{kind}-number", _("Which number has it?"))
        return cleaned

    @property
    def facts(self) -> LotFacts:
        return LotFacts(**{name: self.cleaned_data[name] for name in LotFacts._fields})

    @property
    def papers(self) -> Iterator[PaperFacts]:
        """Those whose number is known; they are valid from the lot's day."""
        day = self.cleaned_data["produced_on"]
        for kind in self.kinds:
            number, issuer, until = (
                self.cleaned_data[f"{kind}-{name}"] for name in ("number", "issuer", "valid_until")
            )
            if number:
                yield PaperFacts(kind, number, issuer, day, until)

    @property
    def paper_groups(self) -> Iterator[PaperFields]:
        for kind in self.kinds:
            names = ("number", "issuer", "valid_until")
            yield PaperFields(kind.label, *(self[f"{kind}-{name}"] for name in names))


def day_label(begins: LotEvent.Kind) -> str:
    words = {
        LotEvent.Kind.HARVEST: _("Harvested on"),
        LotEvent.Kind.SLAUGHTER: _("Slaughtered on"),
    }
    return words.get(begins, _("Produced on"))


def paper_fields(kind: str, issuer: str) -> dict[str, forms.Field]:
    return {
        f"{kind}-number": forms.CharField(label=_("Number"), max_length=60, required=False),
        f"{kind}-issuer": forms.CharField(
            label=_("Issuer"), max_length=80, required=False, initial=issuer
        ),
        f"{kind}-valid_until": DayField(label=_("Valid until"), required=False),
    }


def issuer_of(product: Product, kind: str) -> str:
    """Who issued the cooperative's last paper of the kind; itself for what it issues itself."""
    latest = LotPaper.objects.filter(
        lot__product__cooperative=product.cooperative, paper__kind=kind
    )
    issuer = latest.order_by("-pk").values_list("paper__issuer", flat=True).first()
    return issuer or (product.cooperative.name if kind in OWN_PAPERS else "")


class EventForm(ServiceForm):
    kind = forms.ChoiceField(label=gettext_lazy("What kind"), choices=LotEvent.Kind.choices)
    on = DayField(label=gettext_lazy("On which day"))
    title = forms.CharField(label=gettext_lazy("What was done"), max_length=40)
    detail = forms.CharField(
        label=gettext_lazy("In a sentence"),
        max_length=120,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=60, required=False)
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def facts(self) -> EventFacts:
        return EventFacts(**{name: self.cleaned_data[name] for name in EventFacts._fields})


class PaperForm(ServiceForm):
    kind = forms.ChoiceField(label=gettext_lazy("Which paper"))
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    issuer = forms.CharField(label=gettext_lazy("Issuer"), max_length=80)
    valid_from = DayField(label=gettext_lazy("Valid from"))
    valid_until = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Empty: without an end."),
    )
    file = PaperFileField(
        label=gettext_lazy("Photo or PDF"),
        required=False,
        help_text=gettext_lazy("Up to 10 MB. It can follow later."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in LOT_PAPERS]

    @property
    def facts(self) -> PaperFacts:
        return PaperFacts(**{name: self.cleaned_data[name] for name in PaperFacts._fields})


class FileForm(ServiceForm):
    """The photo of a paper that came without one."""

    file = PaperFileField(
        label=gettext_lazy("Photo or PDF"), help_text=gettext_lazy("Up to 10 MB.")
    )
