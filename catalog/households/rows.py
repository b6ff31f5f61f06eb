"""Rows of a sheet judged one by one, in words that repeat nothing of what stands in them: they are
kept until somebody has read them, and the rows are not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.households.details import clean_details
from catalog.households.models import Category, Household, Standing
from catalog.households.refusals import RegisteredAlready
from catalog.households.sealing import digest
from catalog.households.services.registering import check_standing
from catalog.households.sheets import (
    SheetRow,
    open_categories,
    statuses_by_label,
    townships_of,
)
from catalog.origins.models import Region

CHUNK = 250
TEXTS = ("name", "id_number", "phone", "address")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


class Given(NamedTuple):
    """What a good row says, in the form in which it is kept."""

    texts: dict[str, str]
    digest: str
    township: Region | None
    category: Category
    status: str
    begins_on: date


class Judged(NamedTuple):
    """A row by its number: what it says, or why it cannot be written."""

    number: int
    given: Given | None = None
    words: str = ""


@dataclass
class Judge:
    """Knows what may be chosen in the county, and which numbers stood in earlier rows; and keeps
    of which households of other counties the numbers were."""

    county: Region
    today: date
    seen: dict[str, int] = field(default_factory=dict)
    elsewhere: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        towns, kinds = townships_of(self.county), open_categories()
        self.townships = by_names((town, town.name, town.name_en) for town in towns)
        self.categories = by_names((kind, kind.name, kind.name_en) for kind in kinds)
        self.statuses = {"": Standing.Status.ASSISTED, **statuses_by_label()}

    def judge_chunks(self, rows: Iterable[SheetRow]) -> Iterator[list[Judged]]:
        """All rows in their order, so many at a time as one query asks about."""
        left = iter(rows)
        while chunk := list(islice(left, CHUNK)):
            yield self.drop_registered([self.judge(row) for row in chunk])

    def judge(self, row: SheetRow) -> Judged:
        if row.has_formula:
            return Judged(row.number, words=_("A formula: please write the text itself."))
        try:
            given = self.read(row)
        except ValidationError as refusal:
            return Judged(row.number, words=" ".join(refusal.messages))
        first = self.seen.setdefault(given.digest, row.number)
        if first != row.number:
            words = _("The same ID number stands in row %(row)s already.") % {"row": first}
            return Judged(row.number, words=words)
        return Judged(row.number, given)

    def read(self, row: SheetRow) -> Given:
        """Raises ValidationError with everything that is wrong."""
        wrong: list[str] = []
        texts = collect(wrong, self.texts_of, row.cells) or {}
        township = collect(wrong, self.township_of, row.cells)
        begins_on = collect(wrong, day_of, row.cells["begins_on"])
        category = self.categories.get(text_of(row.cells["category"]))
        if category is None:
            wrong.append(_("The category is none of the list."))
        elif begins_on:
            collect(wrong, check_standing, category, begins_on, self.today)
        status = self.statuses.get(text_of(row.cells["status"]))
        if status is None:
            wrong.append(_("The status is none of the list."))
        if wrong:
            raise ValidationError(wrong)
        return Given(texts, digest(texts["id_number"]), township, category, status, begins_on)

    def texts_of(self, cells: dict[str, object]) -> dict[str, str]:
        if isinstance(cells["id_number"], (int, float)):
            raise ValidationError(
                _("Excel has taken the ID number for a number and cut it: format it as text.")
            )
        return clean_details({name: text_of(cells[name]) for name in TEXTS}, self.today)

    def township_of(self, cells: dict[str, object]) -> Region | None:
        name = text_of(cells["township"])
        if name and name not in self.townships:
            raise ValidationError(_("The township is none of the county's."))
        return self.townships.get(name)

    def drop_registered(self, chunk: list[Judged]) -> list[Judged]:
        """Those whose number is in the register already are refused."""
        digests = [one.given.digest for one in chunk if one.given]
        found = Household.objects.filter(id_digest__in=digests)
        taken = {row.id_digest: row for row in found.only("id_digest", "code", "county_id")}
        return [self.drop(one, taken) for one in chunk]

    def drop(self, one: Judged, taken: dict[str, Household]) -> Judged:
        other = taken.get(one.given.digest) if one.given else None
        if other is None:
            return one
        is_ours = other.county_id == self.county.pk
        if not is_ours:
            self.elsewhere.append(other.pk)
        return Judged(one.number, words=RegisteredAlready(other.code if is_ours else "").words)


def by_names(rows: Iterable[tuple]) -> dict[str, object]:
    """Each thing under all of its names."""
    return {name: thing for thing, *names in rows for name in names if name}


def collect(wrong: list[str], check: object, *given: object) -> object:
    """What `check` makes of it; None, and its words among the wrong ones, when it refuses."""
    try:
        return check(*given)
    except ValidationError as refusal:
        wrong.extend(refusal.messages)
        return None


def text_of(value: object) -> str:
    """As the person sees it: Excel keeps 13800001234 as a number with a point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def day_of(value: object) -> date:
    """Raises ValidationError."""
    if isinstance(value, datetime):
        return value.date()
    found = DAY.fullmatch(text_of(value))
    try:
        return date(*map(int, found.groups()))
    except (AttributeError, ValueError) as wrong:
        raise ValidationError(_("From which day: write it as 2026-03-01.")) from wrong
