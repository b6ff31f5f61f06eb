"""What the wizard asks of a good, step by step. What is missing may stay so until it is submitted;
what is wrong is said at once."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.forms import formset_factory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.claims import claim_words
from catalog.models import Category, Product, ProductClass
from catalog.origins.models import Region
from catalog.papers.models import Paper
from marketplace.dashboard.goods.forms import MOST_PACKS
from marketplace.dashboard.papers.forms import PaperForm
from marketplace.listings.content import OPTIONAL, READ, WHAT, WORDS, asks_of, storages_of
from marketplace.listings.models import Proposal
from marketplace.listings.problems import label_of
from marketplace.partner.refusals import LEAST_PRICE, MOST_PRICE

MOST_ROWS = 6
MONTHS = [
    (1, pgettext_lazy("month", "Jan")),
    (2, pgettext_lazy("month", "Feb")),
    (3, pgettext_lazy("month", "Mar")),
    (4, pgettext_lazy("month", "Apr")),
    (5, pgettext_lazy("month", "May")),
    (6, pgettext_lazy("month", "Jun")),
    (7, pgettext_lazy("month", "Jul")),
    (8, pgettext_lazy("month", "Aug")),
    (9, pgettext_lazy("month", "Sep")),
    (10, pgettext_lazy("month", "Oct")),
    (11, pgettext_lazy("month", "Nov")),
    (12, pgettext_lazy("month", "Dec")),
]
UNITS = [("g", "g"), ("kg", "kg"), ("ml", "ml"), ("l", "L")]
GRAMS = {"g": 1, "kg": 1000}
MILLILITRES = {"ml": 1, "l": 1000}
HELP = {
    "title": _("What it is and what it is made of, as 石磨莜面粉. No weight: that is the pack's."),
    "summary": _("One or two sentences: how it looks, smells, tastes."),
    "description": _("How it is grown and made, how to cook it. A blank line begins a paragraph."),
    "shelf_life": _("As the label says it, as 12个月."),
    "standard": _("As GB/T 13360."),
    "tolerance": _("For goods that are weighed: how much a pack may differ."),
    "season_months": _("Months in which it is harvested or at its best."),
}


class RegimeForm(forms.Form):
    regime = forms.ModelChoiceField(
        ProductClass.objects.order_by("pk"),
        label=_("What kind of good is it?"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("The law asks each kind for other papers and facts: only those are asked for."),
    )


class StepForm(forms.Form):
    """Fields of the good; `claims` by field are words that may not be there."""

    NAMES: tuple[str, ...] = ()

    def __init__(self, data: dict | None, proposal: Proposal) -> None:
        self.proposal = proposal
        content = proposal.content
        super().__init__(data, initial={name: content.get(name) for name in content})
        for name in self.names:
            self.fields[name] = self.make_field(name)
            if name in READ:
                self.fields[name].widget.attrs |= self.watched(name)

    @property
    def names(self) -> Iterable[str]:
        return self.NAMES

    @property
    def values(self) -> dict[str, object]:
        return self.cleaned_data

    def make_field(self, name: str) -> forms.Field:
        field = Product._meta.get_field(name).formfield(required=False)
        field.label, field.help_text = label_of(name), HELP.get(name, "")
        field.initial = None
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 8 if name == "description" else 2
        field.is_optional = name in OPTIONAL
        return field

    def watched(self, name: str) -> dict[str, str]:
        """Looked at while it is typed; without script it is looked at when it is saved."""
        slug = self.proposal.cooperative.slug
        return {
            "hx-post": reverse("backoffice:goods_words", args=[slug]),
            "hx-trigger": "input changed delay:500ms",
            "hx-target": f"#claims_{name}",
            "hx-params": f"csrfmiddlewaretoken,{name}",
        }

    @property
    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each field with what may not stand in it."""
        return [
            (self[name], claim_words([str(self[name].value() or "")]) if name in READ else [])
            for name in self.fields
        ]


class WhatForm(StepForm):
    NAMES = WHAT

    def make_field(self, name: str) -> forms.Field:
        choices = {
            "category": self.shelves,
            "township": self.townships,
            "storage": lambda: storages_of(self.proposal.product_class),
        }
        if name not in choices:
            return super().make_field(name)
        coerce = int if name == "category" else str
        field = forms.TypedChoiceField(
            label=label_of(name),
            required=False,
            choices=[("", _("Please choose")), *choices[name]()],
            coerce=coerce,
            empty_value=None,
        )
        field.is_optional = False
        return field

    def shelves(self) -> list[tuple[int, str]]:
        """The shelves below each specialty; a specialty without any is one itself."""
        tree = list(Category.objects.browsable().filter(depth__lte=2).order_by("path"))
        roots = {root.path: root for root in tree if root.depth == 1}
        return [
            (one.pk, f"{roots[one.path[: one.steplen]].name_text} · {one.name_text}")
            if one.depth == 2
            else (one.pk, one.name_text)
            for one in tree
            if one.depth == 2 or not one.numchild
        ]

    def townships(self) -> list[tuple[str, str]]:
        places = Region.objects.filter(parent=self.proposal.cooperative.county_id).order_by("code")
        return [(place.pk, place.name_text) for place in places]


class WordsForm(StepForm):
    @property
    def names(self) -> Iterable[str]:
        return (*WORDS, *asks_of(self.proposal.product_class))

    def make_field(self, name: str) -> forms.Field:
        if name != "season_months":
            return super().make_field(name)
        field = forms.TypedMultipleChoiceField(
            label=label_of(name),
            required=False,
            choices=MONTHS,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            help_text=HELP[name],
        )
        field.is_optional = True
        return field


class PackForm(forms.Form):
    """One size: what is in it, what it costs, how many there are."""

    amount = forms.DecimalField(
        label=_("Net content"), min_value=Decimal("0.01"), max_value=1_000_000, decimal_places=2
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, initial="kg")
    title = forms.CharField(
        label=_("Said as"),
        max_length=40,
        required=False,
        help_text=_("As 500g×2. Empty: the content."),
    )
    price = forms.DecimalField(
        label=_("Price, ¥"), min_value=LEAST_PRICE, max_value=MOST_PRICE, decimal_places=2
    )
    stock = forms.IntegerField(label=_("Packs in stock"), min_value=0, max_value=MOST_PACKS)
    minimum_quantity = forms.IntegerField(
        label=_("Minimum quantity"), min_value=1, max_value=999, initial=1
    )
    gross_grams = forms.IntegerField(
        label=_("Weight in the parcel, g"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("With its packing. Empty: the content."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True

    def has_changed(self) -> bool:
        """A box in which nothing stands but what stood there by itself is left out."""
        return any(self[name].data for name in ("amount", "price", "stock", "title"))

    @property
    def pack(self) -> dict[str, object]:
        """As a proposal holds it."""
        given = self.cleaned_data
        unit, amount = given["unit"], given["amount"]
        net = max(1, int(amount * (GRAMS | MILLILITRES)[unit]))
        said = f"{amount.normalize():f}{dict(UNITS)[unit]}"
        return {
            "title": given["title"] or said,
            "amount": str(amount),
            "unit": unit,
            "net_grams": net if unit in GRAMS else None,
            "net_ml": net if unit in MILLILITRES else None,
            "gross_grams": given["gross_grams"] or net,
            "minimum_quantity": given["minimum_quantity"],
            "price": str(given["price"]),
            "stock": given["stock"],
        }


PackFormSet = formset_factory(
    PackForm, extra=2, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS
)


class GoodPaperForm(PaperForm):
    """A paper that the good itself holds."""

    def __init__(self, data: dict | None, files: dict | None, proposal: Proposal) -> None:
        super().__init__(data, files)
        required = proposal.product_class.required_papers.filter(held_by="product")
        kinds = [
            *required.values_list("kind", flat=True),
            Paper.Kind.ORGANIC_CERTIFICATE,
            Paper.Kind.GREEN_FOOD_CERTIFICATE,
            Paper.Kind.TEST_REPORT,
        ]
        self.fields["kind"].choices = [(kind, Paper.Kind(kind).label) for kind in kinds]


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "From the camera or the album. It is turned upright; place and time are left out."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
