"""What a fair must say before it is kept; each refusal stands beside its field."""

from collections.abc import Callable, Iterator

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from catalog.origins.models import Region
from cms.blocks.forms import GuardedForm
from marketplace.accounts.models import User
from marketplace.fairs.answers import choices_of, problem_with, wanted_answer
from marketplace.fairs.models import Fair, Question
from marketplace.fairs.models.fair import PERMIT_FROM
from marketplace.fairs.phases import first_opening

BEIJING = "110000"
# Of what no two rows of a fair may be alike.
ONCE = {
    "zones": ("code",),
    "quotas": ("county",),
    "questions": ("key",),
    "reviewers": ("user",),
    "organisations": ("organisation", "role"),
}
# Rows that others stand on; what is said when somebody takes them out.
STANDS: dict[str, tuple[str, Callable[[dict], str]]] = {
    "zones": ("booths", lambda about: _("Zone %(name)s has booths: remove them first.") % about),
    "sessions": (
        "seats",
        lambda about: _("Visitors have signed up for %(name)s: it stays.") % about,
    ),
}


def counties() -> QuerySet[Region]:
    """Those from which somebody sells here."""
    return Region.objects.filter(cooperatives__isnull=False).distinct().order_by("code")


def office_people() -> QuerySet[User]:
    may_enter = Q(groups__permissions__codename="access_admin") | Q(is_superuser=True)
    people = User.objects.filter(may_enter, is_active=True).distinct()
    return people.order_by("last_name", "email")


def say(form: forms.ModelForm, field: str, words: str) -> None:
    """Beside the field, in place of what the constraint of the database would say above."""
    form.errors.pop(NON_FIELD_ERRORS, None)
    form.add_error(field, words)


class FairForm(GuardedForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        # Choices are limited before the formsets are made, for the empty row of each, too.
        self.formsets["quotas"].form.base_fields["county"].queryset = counties()
        self.formsets["reviewers"].form.base_fields["user"].queryset = office_people()
        super().__init__(*args, **kwargs)
        districts = Region.objects.filter(parent=BEIJING).order_by("code")
        self.fields["region"].queryset = districts

    def clean(self) -> dict:
        given = super().clean()
        self.check_hours(given)
        self.check_call(given)
        self.check_permit(given)
        return given

    def is_valid(self) -> bool:
        """The rows below are checked once the fair's own fields are, and whatever else is wrong, so
        that everything is said at once."""
        super().is_valid()
        self.check_alike()
        self.check_removed()
        self.check_zones()
        self.check_sessions()
        self.check_questions()
        return not self.errors and all(each.is_valid() for each in self.formsets.values())

    def check_hours(self, given: dict) -> None:
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The last day comes before the first."))
        opens = given.get("opens_at")
        for name in ("closes_at", "last_closes_at"):
            if opens and given.get(name) and given[name] <= opens:
                self.add_error(name, _("It closes before it opens."))

    def check_call(self, given: dict) -> None:
        closes = given.get("call_closes_at")
        if not closes and self.instance.state != Fair.State.DRAFT:
            self.add_error("call_closes_at", _("The call is open or was: it needs its deadline."))
        begins, opens = given.get("begins_on"), given.get("opens_at")
        if closes and begins and opens:
            opening = first_opening(Fair(begins_on=begins, opens_at=opens))
            if closes > opening:
                self.add_error("call_closes_at", _("Choose a moment before the fair opens."))

    def check_permit(self, given: dict) -> None:
        early = self.instance.state in (Fair.State.DRAFT, Fair.State.CALL)
        crowd = (given.get("expected_visitors") or 0) >= PERMIT_FROM
        if crowd and not early and not given.get("permit_number"):
            words = _("With so many visitors the fair needs a permit: enter its number.")
            self.add_error("permit_number", words)

    def rows(self, only: str = "") -> Iterator[tuple[str, forms.ModelForm]]:
        """Each row that stays, with the name of its list."""
        for name, formset in self.formsets.items():
            if only in ("", name):
                for form in formset.forms:
                    gone = formset._should_delete_form(form)
                    if not gone and (form.instance.pk or form.has_changed()):
                        yield name, form

    def check_alike(self) -> None:
        seen = set()
        for name, form in self.rows():
            fields = ONCE.get(name, ())
            row, columns = form.instance, map(form._meta.model._meta.get_field, fields)
            value = (name, *(getattr(row, column.attname) for column in columns))
            if fields and value in seen:
                say(form, fields[0], _("This stands here twice."))
            seen.add(value)

    def check_removed(self) -> None:
        for name, (related, words) in STANDS.items():
            formset = self.formsets[name]
            for form in formset.forms:
                row = form.instance
                if row.pk and formset._should_delete_form(form) and getattr(row, related).exists():
                    self.add_error(None, words({"name": str(row)}))
        formset = self.formsets["questions"]
        for form in formset.forms:
            question = form.instance
            if question.pk and formset._should_delete_form(form) and question.key in self.answered:
                words = _("Cooperatives have answered “%(question)s”: it stays.")
                self.add_error(None, words % {"question": question.text})

    def check_zones(self) -> None:
        for _name, form in self.rows("zones"):
            zone = form.instance
            if zone.pk and "code" in form.changed_data and zone.booths.exists():
                say(form, "code", _("It has booths whose numbers begin with its letter."))

    def check_sessions(self) -> None:
        first, last = self.cleaned_data.get("begins_on"), self.cleaned_data.get("ends_on")
        for _name, form in self.rows("sessions"):
            session = form.instance
            if session.pk and "kind" in form.changed_data and session.seats.exists():
                say(form, "kind", _("Visitors have signed up for it: its kind stays."))
            begins, ends = form.cleaned_data.get("begins_at"), form.cleaned_data.get("ends_at")
            if begins and first and last and not first <= timezone.localdate(begins) <= last:
                say(form, "begins_at", _("This is not a day of the fair."))
            if begins and ends and ends <= begins:
                say(form, "ends_at", _("It ends before it begins."))

    @cached_property
    def answered(self) -> set[str]:
        """Short names of the questions that some cooperative has answered."""
        exhibitors = self.instance.exhibitors.all() if self.instance.pk else ()
        return {key for exhibitor in exhibitors for key in exhibitor.answers}

    def check_questions(self) -> None:
        before: dict[str, Question] = {}
        rows = [form for _name, form in self.rows("questions")]
        rows.sort(key=lambda form: form.cleaned_data.get("ORDER") or 0)
        for form in rows:
            question = form.instance
            if "key" in form.changed_data and form.initial.get("key") in self.answered:
                say(form, "key", _("Cooperatives have answered under this name: it stays."))
            if question.kind == Question.Kind.CHOICE and len(choices_of(question)) < 2:
                say(form, "choices", _("Write two choices at least, one per line."))
            if question.only_if:
                self.check_condition(form, before.get(question.only_if))
            before[question.key] = question

    def check_condition(self, form: forms.ModelForm, basis: Question | None) -> None:
        question = form.instance
        if basis is None:
            say(form, "only_if", _("No question above has this short name."))
            return
        wanted = wanted_answer(basis, question.only_if_answer)
        if not wanted or problem_with(basis, wanted):
            say(form, "only_if_answer", _("This is no answer to the question above."))
