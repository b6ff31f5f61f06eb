"""What an operator writes of recognitions and schemes."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.assistance.models import Scheme
from catalog.assistance.services.recognitions import Certificate
from catalog.assistance.services.schemes import Words
from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.dashboard.admission.forms import CHOOSE, county_choices
from marketplace.dashboard.fields import DayField, PaperFileField, ServiceForm
from marketplace.dashboard.listing import FilterForm
from marketplace.dashboard.papers.forms import PaperDayField


class RecognitionFilterForm(FilterForm):
    """The choices are the codes of the schemes that there are."""

    scheme = forms.ChoiceField(required=False)

    def __init__(self, *args: object, schemes: list[Scheme], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [(scheme.code, scheme.code) for scheme in schemes]


class RecognitionForm(ServiceForm):
    """A certificate as it is printed, for one of the producer's goods or for all that it does."""

    scheme = forms.ChoiceField(label=_("Scheme"))
    product = forms.ChoiceField(
        label=_("Recognised good"), required=False, help_text=_("Empty: the producer as a whole.")
    )
    number = forms.CharField(label=_("Number"), max_length=60)
    issuer = forms.CharField(label=_("Issued by"), max_length=80)
    valid_from = PaperDayField(label=_("Valid from"))
    valid_until = PaperDayField(
        label=_("Valid until"), required=False, help_text=_("Empty: without end.")
    )
    file = PaperFileField(label=_("Photo or PDF"), help_text=_("Up to 10 MB."))

    def __init__(self, *args: object, maker: Cooperative, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.schemes = {one.code: one for one in Scheme.objects.order_by("code")}
        goods = Product.objects.filter(cooperative=maker, structure=Product.PARENT)
        self.goods = {str(good.pk): good for good in goods.order_by("title", "pk")}
        schemes = [(code, scheme.name_text) for code, scheme in self.schemes.items()]
        self.fields["scheme"].choices = [CHOOSE, *schemes]
        named = [(key, good.name) for key, good in self.goods.items()]
        self.fields["product"].choices = [("", _("The producer as a whole")), *named]

    @property
    def about(self) -> dict[str, object]:
        """What the service is told, by its names."""
        given = self.cleaned_data
        return {
            "scheme": self.schemes[given["scheme"]],
            "product": self.goods.get(given["product"]),
            "certificate": Certificate(**{name: given[name] for name in Certificate._fields}),
            "file": given["file"],
        }


class EndForm(ServiceForm):
    last_day = PaperDayField(label=_("Last day"))


class WordsForm(ServiceForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    label = forms.CharField(
        label=_("Words of the badge"), max_length=20, help_text=_("As short as can be.")
    )
    label_en = forms.CharField(
        label=_("Words of the badge in English"), max_length=40, required=False
    )

    @property
    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in Words._fields})


class SchemeForm(WordsForm):
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Letters, digits and hyphens; stays as it is.")
    )
    is_bound_to_counties = forms.BooleanField(
        label=_("Only for certain counties"),
        required=False,
        help_text=_("Decided for good: what is entered later is judged by it."),
    )


class CountyForm(ServiceForm):
    county = forms.ChoiceField(label=_("County"))
    begins_on = DayField(label=pgettext_lazy("date", "From"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Empty: until further."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = county_choices()


class CountyEndForm(ServiceForm):
    ends_on = DayField(label=_("Last day"))
