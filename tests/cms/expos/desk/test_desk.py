"""The desk of a fair: its next steps, and who may sit there."""

import re

import pytest

from marketplace.fairs.models import Fair
from tests.cms.expos.desk.conftest import ENTER, allowed, desk, post, shown
from tests.factories.fairs import (
    LATER,
    AllotmentFactory,
    BoothFactory,
    ExhibitorFactory,
    FairFactory,
    ZoneFactory,
)
from tests.marketplace.fairs.conftest import applicant_of

pytestmark = pytest.mark.django_db


def test_the_list_of_fairs_leads_to_the_desk_with_numbers(client, organiser, fair):
    ExhibitorFactory(fair=fair, state="applied")
    html = shown(client.get("/cms/fairs/"))
    assert desk(fair) in html
    BoothFactory(zone=ZoneFactory(fair=fair))
    answer = client.get(desk(fair))
    html = shown(answer)
    counts = [re.findall(r"\d+", link["count"]) for link in answer.context["links"]]
    assert [sorted(numbers) for numbers in counts] == [["1", "1"], ["0", "1"], ["0"]]
    assert desk(fair, "applications/") in html
    assert desk(fair, "booths/") in html


def test_the_first_page_shows_the_organiser_what_is_being_prepared(client, organiser, fair):
    over = FairFactory(state="closed")
    ExhibitorFactory(fair=fair, state="applied")
    html = shown(client.get("/cms/"))
    assert desk(fair) in html
    assert desk(over) not in html
    Fair.objects.update(state="reported")
    assert "现在没有在筹备的展会" in shown(client.get("/cms/"))


def test_the_first_page_of_others_shows_no_fairs(client, fair):
    client.force_login(allowed("editor", *ENTER))
    assert desk(fair) not in shown(client.get("/cms/"))


def test_the_organiser_takes_the_next_step(client, organiser, fair):
    answer = post(client, desk(fair), to="planned")
    fair.refresh_from_db()
    assert (fair.state, fair.call_closes_at) == ("planned", LATER)
    assert fair.steps.get().by == organiser
    assert organiser.last_name in shown(answer)


@pytest.mark.parametrize("to", ["running", "reported", "x", ""])
def test_a_step_that_is_not_there_is_refused_in_words(client, organiser, fair, to):
    answer = post(client, desk(fair), to=to)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    fair.refresh_from_db()
    assert fair.state == "call"
    assert not fair.steps.exists()


def test_a_button_that_would_be_refused_says_why(client, organiser):
    fair = FairFactory(expected_visitors=5000)
    html = shown(client.get(desk(fair)))
    assert 'value="planned" class="button" disabled' in html
    assert "1000" in html


@pytest.mark.parametrize("more", ["", "applications/", "booths/"])
def test_whoever_may_not_change_fairs_is_turned_away(client, fair, more):
    client.force_login(allowed("editor", *ENTER))
    assert client.get(desk(fair, more)).status_code == 302
    assert client.post(desk(fair, more), {"to": "planned"}).status_code == 302
    fair.refresh_from_db()
    assert fair.state == "call"
    assert client.get("/cms/fair/reviews/").status_code == 302


def test_what_belongs_to_another_fair_is_not_found(client, organiser, fair):
    foreign = AllotmentFactory()
    drafted = ExhibitorFactory(fair=fair, state="draft", applied_at=None)
    wrong = [
        f"applications/{foreign.exhibitor_id}/",
        f"applications/{drafted.pk}/",
        f"booths/{foreign.booth_id}/",
    ]
    for more in wrong:
        assert client.get(desk(fair, more)).status_code == 404
    assert client.get("/cms/fair/999999/").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_lists_cost_the_same_for_any_length(
    client, organiser, fair, count, django_assert_max_num_queries
):
    zone = ZoneFactory(fair=fair, code="A")
    for number in range(count):
        exhibitor = applicant_of(fair)
        booth = BoothFactory(zone=zone, number=f"A0{number + 1}")
        AllotmentFactory(exhibitor=exhibitor, booth=booth)
    client.get(desk(fair))
    for more in ("applications/", "booths/"):
        with django_assert_max_num_queries(24):
            assert client.get(desk(fair, more)).status_code == 200
