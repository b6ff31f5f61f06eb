"""The terms of one tariff as an operator writes them: yuan and kilograms."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboard.fields import ServiceForm, YuanField
from marketplace.shipping.models import MOST_DAYS, Tariff
from marketplace.shipping.services import Terms

GRAMS = Decimal(1000)
MOST_YUAN, MOST_KG = Decimal(10_000), 1_000


class KilogramField(forms.DecimalField):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_value=MOST_KG, decimal_places=3, **kwargs)


class TariffForm(ServiceForm):
    BY_FIELD = {"base_grams": "base_kg", "step_grams": "step_kg"}

    base_fee = YuanField(label=_("Fee, ¥"), max_value=MOST_YUAN)
    base_kg = KilogramField(label=_("for parcels up to, kg"), min_value=0)
    step_fee = YuanField(label=_("What weighs more: another, ¥"), max_value=MOST_YUAN)
    step_kg = KilogramField(label=_("for each further, kg"), min_value=Decimal("0.001"))
    free_from = YuanField(
        label=_("Free from goods of, ¥"),
        max_value=MOST_YUAN,
        required=False,
        help_text=_("The goods of this one parcel. Empty: never free."),
    )
    transit_days = forms.IntegerField(label=_("Days on the way"), min_value=0, max_value=MOST_DAYS)

    @staticmethod
    def initial_of(tariff: Tariff | None) -> dict[str, object]:
        if tariff is None:
            return {}
        return {
            "base_fee": tariff.base_fee,
            "base_kg": _kilograms(tariff.base_grams),
            "step_fee": tariff.step_fee,
            "step_kg": _kilograms(tariff.step_grams),
            "free_from": tariff.free_from,
            "transit_days": tariff.transit_days,
        }

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            base_fee=given["base_fee"],
            base_grams=int(given["base_kg"] * GRAMS),
            step_fee=given["step_fee"],
            step_grams=int(given["step_kg"] * GRAMS),
            free_from=given["free_from"],
            transit_days=given["transit_days"],
        )


def _kilograms(grams: int) -> str:
    return f"{grams / GRAMS:.10g}"
