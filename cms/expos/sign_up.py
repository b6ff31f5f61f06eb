"""The form by which a visitor signs up; the same on the fair's page and on a page of its own."""

from collections.abc import Mapping

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.mobile import MobileField
from marketplace.day_words import month_day
from marketplace.fairs.models import Fair, Session, Ticket
from marketplace.fairs.services.sign_up import Visitor
from marketplace.fairs.visiting import KEPT_FOR
from marketplace.fairs.visitor_refusals import VisitorRefused

# Fewer free seats than this are told.
FEW = 20


class SignUpForm(forms.Form):
    """`website` is a field that people do not see: whoever fills it in is a machine."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = MobileField()
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("We send the link of your ticket there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    day = forms.TypedChoiceField(label=_("Which day"), coerce=int)
    purpose = forms.ChoiceField(label=_("What do you come for?"), choices=Ticket.Purpose.choices)
    sessions = forms.TypedMultipleChoiceField(
        label=_("Keep me a seat, too (on the same day)"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField()
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping | None, *, sessions: list[Session]) -> None:
        super().__init__(data, auto_id="sign-up-%s")
        self.days = [session for session in sessions if session.is_entry]
        self.others = [session for session in sessions if not session.is_entry]
        self.fields["day"].choices = [(day.pk, day_words(day)) for day in self.days]
        self.fields["sessions"].choices = [(one.pk, session_words(one)) for one in self.others]
        words = gettext(
            "I agree that my name and mobile number (and e-mail address, if given)"
            " are used for entry, and deleted %(days)s days after the fair."
        )
        self.fields["consent"].label = words % {"days": KEPT_FOR.days}

    @property
    def has_days(self) -> bool:
        return bool(self.fields["day"].choices)

    @property
    def has_sessions(self) -> bool:
        return bool(self.fields["sessions"].choices)

    def sessions_by_day(self) -> list[tuple[Session, list[BoundWidget]]]:
        """What else there is on each day to which one can come, with its boxes."""
        boxes = list(zip(self.others, self["sessions"], strict=True))
        found = [
            (day, [box for session, box in boxes if session.day == day.day]) for day in self.days
        ]
        return [(day, choices) for day, choices in found if choices]

    def clean_website(self) -> None:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("This field stays empty."))

    def visitor(self) -> Visitor:
        names = ("name", "phone", "email", "purpose")
        return Visitor(**{name: self.cleaned_data[name] for name in names})

    def chosen(self) -> list[int]:
        return [self.cleaned_data["day"], *self.cleaned_data["sessions"]]

    def refuse(self, refusal: VisitorRefused) -> None:
        """The words beside their field."""
        self.add_error(refusal.field, refusal.words)


def sign_up_form(fair: Fair, data: Mapping | None = None) -> SignUpForm:
    """With what can be signed up for now; one query."""
    offered = Session.objects.filter(fair=fair).to_sign_up_for(timezone.now())
    return SignUpForm(data, sessions=list(offered))


def day_words(session: Session) -> str:
    """12月19日（周六）, and whether it is full."""
    return " · ".join(filter(None, (month_day(session.day), room_words(session))))


def session_words(session: Session) -> str:
    """14:00 莜面怎么和 · 余 12 席."""
    words = f"{timezone.localtime(session.begins_at):%H:%M} {session.title_text}"
    return " · ".join(filter(None, (words, room_words(session))))


def room_words(session: Session) -> str:
    if session.is_full:
        return gettext("full, waiting list")
    left = session.seats_left
    if left is None or left >= FEW:
        return ""
    return ngettext("%(left)s seat left", "%(left)s seats left", left) % {"left": left}
