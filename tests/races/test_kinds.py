"""One code, one name, one place in a list, wanted by several operators at the same moment."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.assistance.models import Mode
from catalog.assistance.services.kinds import Said, move_kind
from marketplace.dashboard.kinds.services import correct_kind, enter_kind
from marketplace.dashboard.models import Change
from tests.factories.assistance import mode_of
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_modes():
    Mode.objects.all().delete()


def refusals(results) -> list[list[str]]:
    return [list(one.message_dict) for one in results if isinstance(one, ValidationError)]


def enter(code: str, name: str, name_en: str = "") -> partial:
    about = {"table": Mode, "by": None, "now": timezone.now()}
    return partial(enter_kind, code=code, name=name, name_en=name_en, **about)


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize("is_empty", [True, False])
def test_of_one_code_added_thrice_one_stays_and_the_others_are_told(turn, is_empty):
    if not is_empty:
        mode_of()
    results = at_once([enter("race", name) for name in ("甲", "乙", "丙")])
    assert refusals(results) == [["code"], ["code"]]
    assert (Mode.objects.filter(code="race").count(), Change.objects.count()) == (1, 1)


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize("names", [("甲", ""), ("{}", "Race")])
def test_of_one_name_added_thrice_one_stays_and_the_others_are_told(turn, names):
    results = at_once(
        [enter(f"race-{n}", *(name.format(n) for name in names)) for n in range(3)],
    )
    field = "name_en" if names[1] else "name"
    assert refusals(results) == [[field], [field]]
    assert (Mode.objects.count(), Change.objects.count()) == (1, 1)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_that_are_closed_at_once_one_stays_open(turn):
    modes = [mode_of("one", "甲"), mode_of("two", "乙")]
    about = {"by": None, "now": timezone.now()}
    results = at_once(
        [partial(correct_kind, kind=one, said=Said(one.name, "", False), **about) for one in modes]
    )
    assert refusals(results) == [["is_open"]]
    assert Mode.objects.filter(is_open=True).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_places_changed_at_once_are_a_row_without_gaps(turn):
    modes = [mode_of(f"m{number}", f"种{number}") for number in range(4)]
    results = at_once([partial(move_kind, table=Mode, pk=one.pk, up=False) for one in modes])
    assert [one for one in results if isinstance(one, Exception)] == []
    assert list(Mode.objects.in_order().values_list("position", flat=True)) == [0, 1, 2, 3]
