"""What a clerk asks of the goods, and one row of the table of prices and stock."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.goods.querysets import STATES
from marketplace.dashboard.listing import FilterForm
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import MOST_PRICE
from marketplace.partner.shelf import Wanted

MOST_PACKS = 1_000_000


class WordsForm(FilterForm):
    q = forms.CharField(
        label=_("Good"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class GoodsFilterForm(WordsForm):
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput)
    field_order = ["state"]


class RowForm(forms.Form):
    """Price and stock of one pack. A row that was not sent stays as it is."""

    price = forms.DecimalField(
        label=_("Price, ¥"),
        min_value=0,
        max_value=MOST_PRICE,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    quantity = forms.IntegerField(
        label=_("Packs in stock"),
        min_value=0,
        max_value=MOST_PACKS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    seen_price = forms.DecimalField(widget=forms.HiddenInput, max_value=MOST_PRICE)
    seen_quantity = forms.IntegerField(widget=forms.HiddenInput, max_value=MOST_PACKS)

    def __init__(self, data: dict | None, record: StockRecord) -> None:
        self.record = record
        prefix = str(record.pk)
        sent = data is not None and f"{prefix}-price" in data
        shown = {"price": record.price, "quantity": record.num_in_stock}
        seen = {f"seen_{name}": value for name, value in shown.items()}
        super().__init__(data if sent else None, prefix=prefix, initial=shown | seen)

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            given["price"], given["quantity"], given["seen_price"], given["seen_quantity"]
        )

    def look_again(self, errors: dict[str, str]) -> None:
        """Say what the shelf refused beside its field; what the row shows now counts as seen."""
        for field, words in errors.items():
            self.add_error(field, words)
        seen: dict[str, Decimal | int] = {
            "seen_price": self.record.price,
            "seen_quantity": self.record.num_in_stock,
        }
        changes = {self.add_prefix(name): str(value) for name, value in seen.items()}
        self.data = {**{name: self.data.get(name) for name in self.data}, **changes}
