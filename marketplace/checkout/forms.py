"""The confirm page's form: consents, notes, way to pay; who receives it stands in receiving.py."""

import re
import uuid
from decimal import Decimal

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.basket.contents import Contents, Sender
from marketplace.basket.models import Line
from marketplace.checkout.receiving import Receiving
from marketplace.order.refusals import ConsentMissing
from marketplace.order.services import Purchase, Seen
from marketplace.payment.gateway import METHODS
from marketplace.shipping.refusals import NotDelivered

SEEN = re.compile(r"(\d{1,6})x(\d{1,9}\.\d{2})")
LONGEST_NOTE = 200
SOMETHING_MISSING = _(
    "Something is still missing or not right. It stands beside the fields below; what you "
    "typed has been kept."
)


def new_token() -> str:
    return uuid.uuid4().hex


def read_seen(data: QueryDict, lines: list[Line]) -> dict[int, Seen]:
    """What the page that was sent had shown of each line; unreadable ones are left out."""
    found = {line.pk: SEEN.fullmatch(data.get(f"seen_{line.pk}", "")) for line in lines}
    return {pk: Seen(int(m[1]), Decimal(m[2])) for pk, m in found.items() if m}


class ConfirmForm(forms.Form):
    """Needs the basket's contents on their way to the receiver; a guest must give an e-mail."""

    submission_token = forms.CharField(validators=[RegexValidator(r"\A[0-9a-f]{32}\Z")])
    shown_total = forms.DecimalField(min_value=0, max_digits=12, decimal_places=2)
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The order and the way back to it go there."),
        error_messages={
            "required": _("Please write an e-mail address, so that the order can find you."),
            "invalid": _("This does not look like an e-mail address."),
        },
    )
    method = forms.ChoiceField(choices=[(method, method) for method in METHODS], initial="alipay")
    keep = forms.BooleanField(label=_("Keep this address for the next time"), required=False)

    def __init__(
        self,
        *args: object,
        contents: Contents,
        receiving: Receiving,
        guest: bool,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contents, self.receiving = contents, receiving
        self.fields["email"].required = guest
        if guest or not receiving.may_keep:
            del self.fields["keep"]
        for sender in contents.senders:
            self.fields[f"note_{sender.partner.pk}"] = note_field(sender)
        for line in self.perishables:
            self.fields[f"consent_{line.pk}"] = forms.BooleanField(
                error_messages={"required": ConsentMissing(line).words}
            )

    @property
    def perishables(self) -> list[Line]:
        return [line for line in self.contents.lines if line.needs_consent]

    @property
    def consents(self) -> list[tuple[Line, forms.BoundField]]:
        return [(line, self[f"consent_{line.pk}"]) for line in self.perishables]

    @property
    def senders(self) -> list[tuple[Sender, forms.BoundField]]:
        """Each cooperative with the field for the note to it."""
        return [(sender, self[f"note_{sender.partner.pk}"]) for sender in self.contents.senders]

    def clean(self) -> None:
        if not self.errors.keys().isdisjoint({"submission_token", "shown_total"}):
            self.add_error(None, _("This page was too old. Please send it once more."))
        if self.receiving.is_valid():
            self.name_undelivered()
        if not self.receiving.is_valid():
            self.add_error(None, SOMETHING_MISSING)

    def name_undelivered(self) -> None:
        """Goods that do not go to the place are named beside it."""
        for line in self.contents.lines:
            if isinstance(line.refusal, NotDelivered):
                self.receiving.refuse(f"{line.goods.name}: {line.refusal.words}")

    def purchase(self, voucher_code: str) -> Purchase:
        """Of a valid form."""
        data = self.cleaned_data
        partners = [sender.partner.pk for sender in self.contents.senders]
        notes = {partner: data[f"note_{partner}"] for partner in partners}
        return Purchase(
            submission_token=data["submission_token"],
            destination=self.receiving.destination(),
            email=data["email"],
            language=get_language(),
            seen=read_seen(self.data, self.contents.lines),
            consents=[line.pk for line in self.perishables],
            shown_total=data["shown_total"],
            notes={partner: note for partner, note in notes.items() if note},
            voucher_code=voucher_code,
        )


def note_field(sender: Sender) -> forms.CharField:
    name = sender.partner.cooperative.short_name_text
    return forms.CharField(
        label=_("Note to %(name)s") % {"name": name},
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
