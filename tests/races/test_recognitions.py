"""One number entered twice, and two spans of days of one county, at the same moment."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from catalog.assistance.models import Recognition, Scheme, SchemeCounty
from catalog.assistance.services.recognitions import Certificate, add_recognition
from catalog.assistance.services.schemes import add_county
from catalog.origins.models import Region
from tests.factories import CooperativeFactory
from tests.factories.goods import QINGSHUIHE
from tests.factories.recognitions import recognition_files
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

BEGINS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


@pytest.fixture
def scheme():
    return Scheme.objects.create(code="race", name="认定", label="认定", is_bound_to_counties=False)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_one_number_entered_thrice_one_stays_with_its_file(turn, scheme):
    about = {"scheme": scheme, "cooperative": CooperativeFactory(), "product": None}
    files = recognition_files()
    results = at_once(
        [
            partial(
                add_recognition,
                **about,
                certificate=Certificate("N-1", "认定办公室", day, None),
                file=ContentFile(b"jpg", name=f"race-{turn}-{day}.jpg"),
            )
            for day in BEGINS
        ]
    )
    assert sum(isinstance(result, Recognition) for result in results) == 1
    assert sum(isinstance(result, ValidationError) for result in results) == 2
    assert Recognition.objects.count() == 1
    assert len(recognition_files() - files) == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_overlapping_days_of_a_county_one_row_is_written(turn, scheme):
    Scheme.objects.filter(pk=scheme.pk).update(is_bound_to_counties=True)
    county = Region.objects.get(pk=QINGSHUIHE)
    about = {"scheme_id": scheme.pk, "county": county, "ends_on": None}
    results = at_once([partial(add_county, **about, begins_on=day) for day in BEGINS])
    assert sum(isinstance(result, SchemeCounty) for result in results) == 1
    assert sum(isinstance(result, ValidationError) for result in results) == 2
    assert scheme.counties.count() == 1
