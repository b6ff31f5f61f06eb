"""Agreements: made, lengthened, ended earlier; what records rest on stays."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Agreement, AgreementHousehold, Mode
from catalog.assistance.refusals import PaidHousehold
from catalog.assistance.services import (
    add_files,
    add_households,
    end_agreement,
    make_agreement,
    remove_household,
)
from catalog.origins.models import Region
from tests.factories import CooperativeFactory
from tests.factories.assistance import (
    AT,
    agreement_of,
    clerk_of_county,
    confirmed,
    erased,
    mode_of,
    payment_of,
    record_of,
    slip_photo,
    terms_of,
)
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN, specialty
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def made(cooperative, codes=(), files=(), **changes) -> Agreement:
    return make_agreement(
        county=Region.objects.get(pk=WUCHUAN),
        terms=terms_of(cooperative, **changes),
        codes=codes,
        files=files,
        by=clerk_of_county(),
        now=AT,
    )


def positions(agreement) -> dict[str, int]:
    return dict(agreement.members.values_list("household__code", "position"))


def refused(call) -> dict[str, list[str]]:
    """What is said; nothing new is there."""
    before = [model.objects.count() for model in (Agreement, AgreementHousehold)]
    with pytest.raises(ValidationError) as error:
        call()
    assert [model.objects.count() for model in (Agreement, AgreementHousehold)] == before
    return error.value.message_dict


def test_an_agreement_has_the_next_number_of_its_year_and_its_list_in_the_order_of_the_paper():
    maker, homes = CooperativeFactory(), [make_household() for _ in range(3)]
    codes = [homes[2].code, f" {homes[0].code.lower()} ", "", homes[2].code, homes[1].code]
    first, second = made(maker, codes, [slip_photo(), slip_photo()]), made(maker)
    assert [first.number, second.number] == ["XY2026-0001", "XY2026-0002"]
    assert positions(first) == {homes[2].code: 1, homes[0].code: 2, homes[1].code: 3}
    assert (first.county_id, first.made_by, first.files.count()) == (WUCHUAN, clerk_of_county(), 2)


def test_numbers_begin_anew_with_the_year():
    agreement_of()
    agreement = make_agreement(
        county=Region.objects.get(pk=WUCHUAN),
        terms=terms_of(CooperativeFactory()),
        by=clerk_of_county(),
        now=AT.replace(year=2027),
    )
    assert agreement.number == "XY2027-0001"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2025, 12, 31)}, "ends_on"),
        ({"mode": lambda: Mode.objects.create(code="gone", name="旧", is_open=False)}, "mode"),
        ({"specialty": lambda: specialty().add_child(slug="x", name="x")}, "specialty"),
    ],
)
def test_terms_that_cannot_be_are_refused_beside_their_field(changes, field):
    maker = CooperativeFactory()
    changes = {name: value() if callable(value) else value for name, value in changes.items()}
    assert list(refused(lambda: made(maker, **changes))) == [field]


def test_a_cooperative_of_another_county_has_no_agreement_here():
    maker = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    assert list(refused(lambda: made(maker))) == ["cooperative"]


def test_pseudonyms_that_mean_no_household_of_the_county_are_named_and_none_comes_on_the_list():
    good, gone, away = make_household(), erased(make_household()), make_household(QINGSHUIHE)
    codes = [good.code, gone.code, away.code, "HNOBODY"]
    words = refused(lambda: made(CooperativeFactory(), codes))["codes"]
    assert [word.split(":")[0].split("：")[0] for word in words] == codes[1:]
    agreement = made(CooperativeFactory())
    assert refused(lambda: added(agreement, codes))["codes"] == words


def test_of_many_wrong_pseudonyms_ten_are_named():
    words = refused(lambda: made(CooperativeFactory(), [f"H{n}" for n in range(15)]))["codes"]
    assert (len(words), "5" in words[-1]) == (11, True)


def test_too_many_pseudonyms_at_once_are_refused():
    codes = (f"H{n}" for n in range(5001))
    assert list(refused(lambda: made(CooperativeFactory(), codes))) == ["codes"]


def added(agreement, codes, day=DAY) -> int:
    return add_households(agreement_id=agreement.pk, codes=codes, day=day)


def test_more_households_come_at_the_end_and_those_on_the_list_stay_where_they_are():
    agreement, new = agreement_of(households=2), make_household()
    before = positions(agreement)
    assert added(agreement, [*before, new.code]) == 1
    assert positions(agreement) == before | {new.code: 3}


def test_an_agreement_that_has_ended_gets_no_more_households():
    agreement, new = agreement_of(), make_household()
    words = refused(lambda: added(agreement, [new.code], date(2027, 1, 1)))
    assert list(words) == ["codes"]


def test_a_household_that_nobody_paid_is_taken_off_and_the_numbers_of_the_others_stay():
    agreement = agreement_of(households=3)
    for _ in range(2):
        remove_household(agreement_id=agreement.pk, position=2)
    assert sorted(positions(agreement).values()) == [1, 3]


def test_a_household_that_a_record_names_stays_on_the_list():
    agreement = agreement_of(households=2)
    record_of(agreement, positions=[1])
    with pytest.raises(PaidHousehold) as refusal:
        remove_household(agreement_id=agreement.pk, position=1)
    assert refusal.value.words
    remove_household(agreement_id=agreement.pk, position=2)
    assert list(positions(agreement).values()) == [1]


def test_an_agreement_ends_earlier_but_not_before_what_was_recorded_under_it():
    agreement = agreement_of()
    confirmed(record_of(agreement))
    for day in (date(2026, 10, 30), date(2026, 12, 31), date(2027, 3, 1)):
        words = refused(lambda day=day: end_agreement(agreement_id=agreement.pk, ends_on=day))
        assert list(words) == ["ends_on"]
    assert Agreement.objects.get().ends_on == date(2026, 12, 31)
    end_agreement(agreement_id=agreement.pk, ends_on=date(2026, 10, 31))
    assert Agreement.objects.get().ends_on == date(2026, 10, 31)


def test_an_agreement_without_records_may_end_on_its_first_day_and_not_before():
    agreement = agreement_of()
    early = date(2025, 12, 31)
    assert refused(lambda: end_agreement(agreement_id=agreement.pk, ends_on=early))
    end_agreement(agreement_id=agreement.pk, ends_on=agreement.begins_on)
    assert Agreement.objects.get().ends_on == agreement.begins_on


def test_signed_pages_are_added_up_to_twenty():
    agreement = agreement_of()
    pages = {"agreement_id": agreement.pk, "by": clerk_of_county(), "now": AT}
    add_files(**pages, files=[slip_photo() for _ in range(20)])
    with pytest.raises(ValidationError) as error:
        add_files(**pages, files=[slip_photo()])
    assert (list(error.value.message_dict), agreement.files.count()) == (["files"], 20)


def test_the_page_of_an_agreement_reads_of_a_household_its_pseudonym_alone(
    django_assert_num_queries,
):
    agreement_of(households=3)
    with django_assert_num_queries(3):
        page = Agreement.objects.for_page().get()
        members = [(one.position, one.household.code) for one in page.members.all()]
        assert (page.households_count, list(page.files.all())) == (3, [])
    assert [position for position, _code in members] == [1, 2, 3]
    assert page.members.all()[0].household.get_deferred_fields() >= {"name", "id_number", "phone"}


def test_an_agreement_without_a_specialty_is_about_whatever_the_cooperative_sells():
    agreement = agreement_of(specialty=None, mode=mode_of("wage", "务工"))
    assert payment_of(agreement).positions == [1, 2, 3]
    assert Agreement.objects.in_force(DAY).get().specialty is None
