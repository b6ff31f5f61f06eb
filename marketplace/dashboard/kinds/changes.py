"""What was changed of categories and modes, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from catalog.kinds import Kind
from marketplace.dashboard.kinds.forms import KindForm, NewKindForm
from marketplace.dashboard.kinds.services import subject_of
from marketplace.dashboard.models import Change
from marketplace.dashboard.words import ChangeRow, move_lines, value_lines

LATEST = 20


def latest_changes(kinds: Iterable[Kind], subject: str = "") -> list[ChangeRow]:
    """Of one, or of all, each under its present name."""
    names = {subject_of(kind): kind.name_text for kind in kinds}
    found = Change.objects.latest_of(Change.Room.KIND, subject)[:LATEST]
    return [
        ChangeRow(names.get(one.subject, one.subject), lines_of(one), one.at, one.by)
        for one in found
    ]


def lines_of(change: Change) -> list[str]:
    fields = NewKindForm.base_fields | KindForm.base_fields
    labels = {name: str(field.label) for name, field in fields.items()}
    return move_lines(change) or value_lines(
        change, labels, say=say, added=_("Added"), removed=_("Removed")
    )


def say(_field: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value or "—")
