"""A fair by the admin alone: from last year's pages to its last evening."""

import pytest

from marketplace.fairs.models import Fair, Seat
from tests.journeys import fairs
from tests.journeys.conftest import DESKTOP
from tests.journeys.phones import Phones
from tests.journeys.steps import words

pytestmark = pytest.mark.long
GROWER = "yunmaiduo"


@pytest.fixture
def viewport():
    """Organisers sit at a desk; the phones of the others are as wide as they are tall there."""
    return DESKTOP


@pytest.fixture
def people(new_context, site) -> Phones:
    return Phones(lambda: new_context().new_page(), site)


def test_a_fair_is_made_called_filled_visited_and_closed(people, site):
    organiser, approver = people.of("organiser").page, people.of("approver").page
    fairs.makes_it_from_last_years(organiser, site)
    fairs.hands_it_in(organiser)
    fairs.approves_it(approver, site)
    fairs.sets_a_deadline(organiser, site)
    fairs.takes_the_next_step(organiser, site, "Open the call", Fair.State.CALL)
    grower = people.of("cooperative")
    fairs.applies(grower, GROWER)
    fairs.scores_and_accepts(organiser, site)
    fairs.gives_a_booth(organiser, site)
    fairs.confirms_the_booth(grower, GROWER)
    planned = "End the call: the fair is planned"
    fairs.takes_the_next_step(organiser, site, planned, Fair.State.PLANNED)
    fairs.has_one_seat_for_the_talk(organiser, site)
    first, second = people.of_nobody(), people.of_nobody()
    early = fairs.signs_up(first, "早来演示", "13900000001")
    late = fairs.signs_up(second, "晚来演示", "13900000002")
    second.is_told("Waiting, number %(place)s", place=1)
    fairs.gives_the_seat_back(first, early)
    assert late.seats.get(session=fairs.talk_of_fair()).state == Seat.State.CONFIRMED
    fairs.the_days_come()
    fairs.takes_the_next_step(organiser, site, "The fair begins", Fair.State.RUNNING)
    fairs.opens_doors(organiser, site, "东门", "西门")
    fairs.lets_in(first, "东门", early, words("Welcome"))
    fairs.lets_in(second, "西门", late, words("Welcome"))
    fairs.lets_in(second, "西门", early, words("At: %(door)s", door="东门"))
    fairs.counts(organiser, site, 2)
    fairs.takes_the_next_step(organiser, site, "Close the fair", Fair.State.CLOSED)
