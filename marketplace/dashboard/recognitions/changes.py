"""What was changed of a recognition or a scheme, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from marketplace.dashboard.models import Change
from marketplace.dashboard.recognitions.forms import CountyForm, RecognitionForm, WordsForm
from marketplace.dashboard.words import ChangeRow, value_lines

LATEST = 20


def changes_of(subject: str, title: str) -> list[ChangeRow]:
    found = Change.objects.latest_of(Change.Room.RECOGNISED, subject)[:LATEST]
    return list(told(found, title))


def told(changes: Iterable[Change], title: str) -> Iterable[ChangeRow]:
    labels = {"cooperative": _("Producer")}
    for form in (RecognitionForm, WordsForm, CountyForm):
        labels |= {name: str(field.label) for name, field in form.base_fields.items()}
    for one in changes:
        lines = value_lines(one, labels, added=_("Added"), removed=_("Removed"))
        yield ChangeRow(title, lines, one.at, one.by)
