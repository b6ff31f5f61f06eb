"""Words that several rooms of the back office need."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.accounts.models import User


@dataclass(frozen=True)
class ChangeRow:
    """A change as it is told: of what, what changed, when and by whom."""

    title: str
    lines: list[str]
    at: datetime
    by: User | None
