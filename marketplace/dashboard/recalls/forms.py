"""What is asked before a lot is taken back, and how recalls are found."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.traceability.models import Lot
from marketplace.dashboard.fields import ServiceForm
from marketplace.dashboard.listing import FilterForm
from marketplace.partner.models import StockRecord

OPEN, DONE = "open", "done"


class RecallForm(ServiceForm):
    """The stock is not kept by lot: of each pack size it is asked how many free packs are of this
    one."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("The buyers read it: what is wrong, in a sentence."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: object, lot: Lot) -> None:
        super().__init__(data)
        records = StockRecord.objects.filter(product__parent=lot.product_id)
        self.records = list(records.select_related("product").order_by("pk"))
        for record in self.records:
            self.fields[f"packs-{record.pk}"] = packs_field(record)

    @property
    def packs(self) -> dict[int, int]:
        """Packs to take out by stock record."""
        return {one.pk: self.cleaned_data[f"packs-{one.pk}"] for one in self.records}

    @property
    def pack_fields(self) -> list[forms.BoundField]:
        return [self[f"packs-{one.pk}"] for one in self.records]


def packs_field(record: StockRecord) -> forms.IntegerField:
    words = _("%(free)s are free, %(allocated)s more are ordered. How many free ones are of it?")
    field = forms.IntegerField(
        label=_("Take out: %(pack)s") % {"pack": record.product.name},
        min_value=0,
        max_value=record.free,
        initial=0,
        help_text=words % {"free": record.free, "allocated": record.num_allocated},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    field.error_messages["max_value"] = _(
        "Only %(limit_value)s packs are free. The others are ordered: cancel those orders first."
    )
    return field


class FindLotForm(forms.Form):
    """`code` is that of a lot that anybody may have recorded."""

    code = forms.CharField(
        label=gettext_lazy("Lot code"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if not Lot.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is no lot with this code."))
        return code


class RecallFilterForm(FilterForm):
    state = forms.ChoiceField(
        required=False,
        choices=[(OPEN, gettext_lazy("To settle")), (DONE, gettext_lazy("Settled"))],
        widget=forms.HiddenInput,
    )
