"""One page of recognitions, by scheme, first to end first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.assistance.models import Recognition, Scheme
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.papers.querysets import ENDED, ENDING, SOON, VALID
from marketplace.dashboard.recognitions.forms import RecognitionFilterForm

COMING, OFF_LIST = "coming", "off_list"


@dataclass(frozen=True)
class Row:
    """A recognition read `for_office()`, and how it stands that day."""

    recognition: Recognition
    day: date

    @property
    def state(self) -> str:
        """Only `valid` and `ending` are badges."""
        last = self.recognition.valid_until
        if self.recognition.valid_from > self.day:
            return COMING
        if last and last < self.day:
            return ENDED
        if not self.recognition.is_valid:
            return OFF_LIST
        return ENDING if last and last - self.day <= SOON else VALID

    @property
    def state_words(self) -> str:
        words = {
            VALID: pgettext("paper", "Valid"),
            ENDING: _("Ends soon"),
            ENDED: pgettext("paper", "Ended"),
            COMING: _("Not begun yet"),
            OFF_LIST: _("The county is off the list"),
        }
        return words[self.state]


@dataclass(frozen=True)
class RecognitionList(Listing):
    BY = "scheme"

    day: date = field(kw_only=True)
    schemes: list[Scheme] = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        return rows_of(self.page.object_list, self.day)

    @property
    def chips(self) -> list[Chip]:
        named = [(scheme.code, scheme.label_text) for scheme in self.schemes]
        return self.chips_for([("", _("All")), *named])


def read_recognitions(*, params: QueryDict, path: str, day: date) -> RecognitionList:
    """The page that the address asks for. Raises NoSuchPage."""
    schemes = list(Scheme.objects.annotate(held=Count("recognitions")).order_by("code"))
    form = RecognitionFilterForm(params, schemes=schemes)
    code = form.chosen.get("scheme", "")
    counts = {scheme.code: scheme.held for scheme in schemes}
    counts[""] = sum(counts.values())
    found = Recognition.objects.for_office(day)
    rows = found.filter(scheme__code=code) if code else found
    page = read_page(rows, total=counts[code], form=form, path=path)
    return RecognitionList(form, page, counts, path, day=day, schemes=schemes)


def rows_of(recognitions: QuerySet | Iterable[Recognition], day: date) -> Iterator[Row]:
    return (Row(one, day) for one in recognitions)
