"""Words that several rooms of the back office need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.dashboard.models import Change


@dataclass(frozen=True)
class ChangeRow:
    """A change as it is told: of what, what changed, when and by whom."""

    title: str
    lines: list[str]
    at: datetime
    by: User | None


def value_lines(
    change: Change,
    labels: Mapping[str, str],
    *,
    say: Callable[[str, object], str] = lambda _field, value: str(value or "—"),
    added: str,
    removed: str,
) -> list[str]:
    """Each value that changed, from what to what; `say` puts a field's value into words."""
    if change.after is None:
        return [removed]
    if change.before is None:
        values = [
            f"{label}: {say(field, change.after[field])}"
            for field, label in labels.items()
            if field in change.after
        ]
        return [added, *values]
    return [
        _("%(label)s: %(before)s → %(after)s")
        % {
            "label": label,
            "before": say(field, change.before.get(field)),
            "after": say(field, change.after.get(field)),
        }
        for field, label in labels.items()
        if change.before.get(field) != change.after.get(field)
    ]


def move_lines(change: Change) -> list[str]:
    """Of a change of place: `place` is 1 of whatever stands before its neighbour. Else nothing."""
    if not change.after or "place" not in change.after:
        return []
    return [_("One place forward") if change.after["place"] == "1" else _("One place back")]
