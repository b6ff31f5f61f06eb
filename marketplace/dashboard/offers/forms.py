"""What an operator writes to make a voucher or an offer for everybody."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.dashboard.fields import DayField, ServiceForm, YuanField
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.querysets import cooperative_choices
from marketplace.months import start_of
from marketplace.offer.checks import MOST_CHARACTERS, MOST_USES, MOST_YUAN
from marketplace.offer.models import Bearer, Benefit
from marketplace.offer.terms import Scope, Terms

VOUCHERS, SITE = "", "site"
MOST_PRIORITY = 99
KINDS = [(VOUCHERS, _("Vouchers")), (SITE, _("For everybody"))]


class OfferFilterForm(FilterForm):
    kind = forms.ChoiceField(required=False, choices=KINDS[1:])


class TermsForm(ServiceForm):
    """The terms that both have in common; the service says what does not fit together."""

    BY_FIELD = {"cooperative": "bearer"}

    name = forms.CharField(
        label=_("Name"), max_length=MOST_CHARACTERS, help_text=_("Buyers read it, as 满199减20.")
    )
    name_en = forms.CharField(
        label=_("Name in English"), max_length=MOST_CHARACTERS, required=False
    )
    kind = forms.ChoiceField(
        label=_("What is taken off"),
        choices=[
            (Benefit.Kind.AMOUNT, _("Yuan")),
            (Benefit.Kind.PERCENT, _("Per cent of the price")),
        ],
    )
    value = YuanField(
        label=_("How much"),
        max_value=MOST_YUAN,
        help_text=_("Yuan or per cent, as chosen beside."),
    )
    threshold = YuanField(
        label=_("From goods of, ¥"),
        max_value=MOST_YUAN,
        initial=0,
        help_text=_("0 asks for nothing."),
    )
    most_off = YuanField(
        label=_("At most, ¥"),
        max_value=MOST_YUAN,
        required=False,
        help_text=_("For one order. Empty: no limit."),
    )
    bearer = forms.ChoiceField(
        label=_("Borne by"),
        required=False,
        help_text=_("What a producer bears is taken off its own goods only."),
    )
    specialties = forms.MultipleChoiceField(
        label=_("Only for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: for all goods."),
    )
    makers = forms.MultipleChoiceField(
        label=_("Or for goods of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is ticked in either list counts."),
    )
    begins = DayField(label=_("First day"), required=False, help_text=_("Empty: from now on."))
    ends = DayField(label=_("Last day"), required=False, help_text=_("Empty: until it is ended."))
    limit_total = forms.IntegerField(
        label=_("Uses in all"),
        required=False,
        min_value=1,
        max_value=MOST_USES,
        help_text=_("Counted in orders. Empty: no limit."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        makers = cooperative_choices()
        self.fields["bearer"].choices = [("", _("Yinshan Market")), *makers]
        self.fields["makers"].choices = makers
        roots = Category.objects.specialties()
        self.fields["specialties"].choices = [(root.slug, root.name_text) for root in roots]

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        maker = Cooperative.objects.filter(slug=given["bearer"]).first()
        scope = Scope(
            categories=tuple(Category.objects.specialties().filter(slug__in=given["specialties"])),
            cooperatives=tuple(Cooperative.objects.filter(slug__in=given["makers"])),
        )
        return Terms(
            name=given["name"],
            name_en=given["name_en"],
            kind=Benefit.Kind(given["kind"]),
            value=given["value"],
            threshold=given["threshold"],
            most_off=given["most_off"],
            bearer=Bearer.COOPERATIVE if maker else Bearer.PLATFORM,
            cooperative=maker,
            scope=scope,
        )

    @property
    def begins_at(self) -> datetime | None:
        return start_of(self.cleaned_data["begins"]) if self.cleaned_data["begins"] else None

    @property
    def ends_at(self) -> datetime | None:
        """The last day counts whole."""
        last = self.cleaned_data["ends"]
        return start_of(last + timedelta(days=1)) if last else None


class OfferForm(TermsForm):
    priority = forms.IntegerField(
        label=_("Its turn"),
        required=False,
        min_value=0,
        max_value=MOST_PRIORITY,
        help_text=_("The offer with the highest number counts first. Empty: last."),
    )
    exclusive = forms.BooleanField(
        label=_("Shares its goods with no other offer and no voucher"), required=False
    )


class VoucherForm(TermsForm):
    code = forms.CharField(
        label=pgettext_lazy("of a voucher", "Code"),
        max_length=60,
        help_text=_("What buyers type in."),
    )
    ends = DayField(label=_("Last day"))
    limit_per_person = forms.IntegerField(
        label=_("Uses per person"),
        required=False,
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        help_text=_("Empty: no limit."),
    )
    field_order = ["code"]

    @property
    def begins_at(self) -> datetime:
        return super().begins_at or timezone.now()
