"""A category or a mode as an operator writes it. How long a name may be, its table says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.assistance.services.kinds import Said
from catalog.kinds import Kind
from marketplace.dashboard.fields import ServiceForm


class NamesForm(ServiceForm):
    name = forms.CharField(label=_("Name"))
    name_en = forms.CharField(label=_("Name in English"), required=False)

    def __init__(self, *args: object, table: type[Kind], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "name_en"):
            longest = table._meta.get_field(name).max_length
            self.fields[name].widget.attrs["maxlength"] = longest


class NewKindForm(NamesForm):
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Letters, digits and hyphens; stays as it is.")
    )


class KindForm(NamesForm):
    is_open = forms.BooleanField(
        label=_("May be chosen"),
        required=False,
        help_text=_("If not, it stays where it is used, and nothing new can be of it."),
    )

    @property
    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in Said._fields})
