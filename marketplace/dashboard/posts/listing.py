"""One page of the posts of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import Posting
from marketplace.dashboard.listing import Chip, Listing, read_page
from marketplace.dashboard.posts.forms import PostFilterForm
from marketplace.dashboard.posts.querysets import (
    COMING,
    HELD,
    OVER,
    STATES,
    count_states,
    for_rows,
    is_in,
)


@dataclass(frozen=True)
class Row:
    posting: Posting
    day: date

    @property
    def state(self) -> str:
        if self.posting.begins_on > self.day:
            return COMING
        ends = self.posting.ends_on
        return HELD if ends is None or ends >= self.day else OVER

    @property
    def state_label(self) -> str:
        return dict(STATES)[self.state]

    @property
    def is_over(self) -> bool:
        return self.state == OVER

    @property
    def url(self) -> str:
        return reverse("backoffice:post", args=[self.posting.pk])


@dataclass(frozen=True)
class PostList(Listing):
    BY = "state"

    day: date = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        return (Row(posting, self.day) for posting in self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def read_posts(*, params: QueryDict, path: str, day: date) -> PostList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = PostFilterForm(params)
    state, counts = form.chosen.get("state", ""), count_states(day)
    rows = for_rows(day).filter(is_in(state, day)) if state else for_rows(day)
    page = read_page(rows, total=counts[state], form=form, path=path)
    return PostList(form, page, counts, path, day=day)
