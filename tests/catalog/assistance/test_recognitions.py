"""Recognitions are refused where a badge would be untrue, and badges follow from their days."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import override

from catalog.assistance.models import Recognition, Scheme, SchemeCounty
from catalog.assistance.services.recognitions import (
    Certificate,
    Days,
    add_recognition,
    end_recognition,
)
from catalog.assistance.services.schemes import (
    Words,
    add_county,
    add_scheme,
    change_scheme,
    end_county,
)
from catalog.origins.models import Region
from tests.factories import CooperativeFactory, ProductFactory, pack_of
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN
from tests.factories.recognitions import county_row, recognised, recognition_files, scheme_of

pytestmark = pytest.mark.django_db

DAY, LAST = date(2026, 11, 23), date(2026, 12, 31)
PAPER = Certificate("832-15-0001", "平台审核组", date(2026, 1, 1), LAST)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def maker():
    return CooperativeFactory()


@pytest.fixture
def elsewhere():
    return CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)


def add(code, maker, product=None, **printed) -> Recognition:
    return add_recognition(
        scheme=scheme_of(code),
        cooperative=maker,
        product=product,
        certificate=PAPER._replace(**printed),
        file=ContentFile(b"jpg", name="paper.jpg"),
    )


def refusal_of(call, *args, **kwargs) -> dict:
    """What is refused, by field; nothing is written by it."""
    before = list(Recognition.objects.order_by("pk").values()), recognition_files()
    with pytest.raises(ValidationError) as refused:
        call(*args, **kwargs)
    after = list(Recognition.objects.order_by("pk").values()), recognition_files()
    assert after == before
    return refused.value.message_dict


def valid_on(day) -> list[Recognition]:
    return list(Recognition.objects.valid_on(day).order_by("pk"))


def test_of_the_three_counties_832_recognises_goods_of_wuchuan_alone(maker, elsewhere):
    found = add("832", maker, ProductFactory(cooperative=maker))
    assert valid_on(DAY) == [found]
    refused = refusal_of(add, "832", elsewhere, number="832-15-0002")
    assert refused == {
        "valid_from": ["Qingshuihe County is not on the list of this scheme on Jan. 1, 2026."]
    }
    assert add("mengzi", elsewhere).cooperative == elsewhere


def test_the_county_must_be_on_the_list_when_the_recognition_begins(maker):
    refused = refusal_of(add, "832", maker, valid_from=date(2019, 12, 31))
    assert list(refused) == ["valid_from"]


def test_a_number_is_used_once_at_a_time_and_may_be_renewed(maker):
    add("832", maker)
    refused = refusal_of(add, "832", maker, valid_from=LAST, valid_until=None)
    assert refused["number"][0].startswith("This number is here already, valid Jan. 1, 2026")
    renewed = add("832", maker, valid_from=date(2027, 1, 1), valid_until=None)
    assert add("mengzi", maker).number == renewed.number


def test_it_does_not_end_before_it_begins(maker):
    refused = refusal_of(add, "832", maker, valid_until=date(2025, 12, 31))
    assert refused == {"valid_until": ["It cannot end before it begins."]}


def test_a_good_of_somebody_else_or_a_pack_is_not_recognised(maker, elsewhere):
    theirs = ProductFactory(cooperative=elsewhere)
    pack = pack_of(ProductFactory(cooperative=maker))
    for product in (theirs, pack):
        refused = refusal_of(add, "832", maker, product)
        assert refused == {"product": ["This is no good of that producer."]}


def test_an_end_is_written_earlier_and_never_later(maker):
    found = add("832", maker)
    assert end_recognition(recognition_id=found.pk, last_day=DAY) == Days(LAST, DAY)
    assert [valid_on(DAY), valid_on(date(2026, 11, 24))] == [[found], []]
    for last_day, words in [
        (date(2026, 11, 24), "It ends before that already. What is renewed is entered anew."),
        (date(2025, 12, 31), "It cannot end before it begins."),
    ]:
        refused = refusal_of(end_recognition, recognition_id=found.pk, last_day=last_day)
        assert refused == {"last_day": [words]}
    with pytest.raises(Recognition.DoesNotExist):
        end_recognition(recognition_id=0, last_day=DAY)


def test_one_without_end_is_given_one(maker):
    found = add("832", maker, valid_until=None)
    assert end_recognition(recognition_id=found.pk, last_day=DAY) == Days(None, DAY)


def test_it_counts_from_its_first_day_to_its_last(maker):
    found = recognised(scheme_of("mengzi"), maker, begins=DAY, ends=LAST)
    days = (date(2026, 11, 22), DAY, LAST, date(2027, 1, 1))
    assert [valid_on(day) for day in days] == [[], [found], [found], []]


def test_when_the_county_leaves_the_list_the_badge_goes_with_it(maker):
    found = add("832", maker)
    row = SchemeCounty.objects.get(scheme__code="832")
    assert end_county(scheme_id=row.scheme_id, row_id=row.pk, ends_on=DAY) is None
    assert [valid_on(DAY), valid_on(date(2026, 11, 24))] == [[found], []]
    add_county(
        scheme_id=row.scheme_id, county=row.county, begins_on=date(2026, 12, 1), ends_on=None
    )
    assert [valid_on(date(2026, 11, 30)), valid_on(date(2026, 12, 1))] == [[], [found]]


def refused_row(call, *args, **kwargs) -> dict:
    before = list(SchemeCounty.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        call(*args, **kwargs)
    assert list(SchemeCounty.objects.order_by("pk").values()) == before
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("county", "begins", "ends", "field"),
    [
        (WUCHUAN, DAY, None, "begins_on"),
        (WUCHUAN, date(2019, 1, 1), date(2020, 1, 1), "begins_on"),
        (QINGSHUIHE, DAY, date(2026, 11, 22), "ends_on"),
        (HONGHE, DAY, None, "county"),
        ("150100", DAY, None, "county"),
    ],
)
def test_days_of_a_county_never_overlap_or_run_backwards(county, begins, ends, field):
    region = Region.objects.get(pk=county)
    about = {"scheme_id": scheme_of("832").pk, "county": region}
    refused = refused_row(add_county, **about, begins_on=begins, ends_on=ends)
    assert list(refused) == [field]


def test_a_scheme_for_every_county_has_no_list():
    region = Region.objects.get(pk=WUCHUAN)
    about = {"scheme_id": scheme_of("mengzi").pk, "county": region}
    refused = refused_row(add_county, **about, begins_on=DAY, ends_on=None)
    assert refused == {"county": ["This scheme is for every county."]}


def test_the_last_day_of_a_county_may_be_moved_but_not_into_its_next_days():
    scheme = scheme_of("832")
    first = scheme.counties.get()
    end_county(scheme_id=scheme.pk, row_id=first.pk, ends_on=DAY)
    county_row(scheme, WUCHUAN, date(2026, 12, 1))
    about = {"scheme_id": scheme.pk, "row_id": first.pk}
    assert list(refused_row(end_county, **about, ends_on=date(2026, 12, 1))) == ["ends_on"]
    assert list(refused_row(end_county, **about, ends_on=date(2019, 12, 31))) == ["ends_on"]
    assert end_county(**about, ends_on=date(2026, 11, 30)) == DAY
    with pytest.raises(SchemeCounty.DoesNotExist):
        end_county(scheme_id=scheme_of("mengzi").pk, row_id=first.pk, ends_on=DAY)


def test_a_new_scheme_has_words_and_a_code_of_its_own():
    words = Words("绿色食品示范", "Green model", "示范", "Model")
    made = add_scheme(code="model", words=words, is_bound_to_counties=True)
    assert (made.name, made.label_en, made.is_bound_to_counties) == ("绿色食品示范", "Model", True)
    for code, changed, field in [
        ("model", {}, "code"),
        ("m m", {}, "code"),
        ("other", {"label": ""}, "label"),
        ("other", {"name": "长" * 61}, "name"),
    ]:
        with pytest.raises(ValidationError) as refused:
            add_scheme(code=code, words=words._replace(**changed), is_bound_to_counties=False)
        assert list(refused.value.message_dict) == [field]
    assert Scheme.objects.filter(code="other").count() == 0
    assert change_scheme(scheme_id=made.pk, words=words._replace(label="新")) == words
    assert Scheme.objects.get(pk=made.pk).label == "新"
