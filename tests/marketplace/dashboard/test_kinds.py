"""Categories of households and modes of benefit, kept by operators: names, whether open, order."""

import pytest
from django.db import IntegrityError, transaction

from catalog.assistance.models import Mode
from catalog.households.models import Category
from catalog.households.sheets import write_template
from catalog.origins.models import Region
from marketplace.dashboard.models import Change
from tests.factories.assistance import agreement_of, mode_of
from tests.factories.households import WUCHUAN, category, make_households
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
LISTS = "/en/dashboard/kinds/"
TABLES = {"categories": Category, "modes": Mode}
NEW = {"name": "防返贫对象", "name_en": "Watched household", "code": "watched"}
WORDS = {"name": "订单保底", "name_en": "Floor price", "is_open": "on"}


def state() -> tuple:
    rows = [list(table.objects.order_by("pk").values()) for table in TABLES.values()]
    return *rows, Change.objects.count()


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def errors_of(response) -> list[str]:
    assert "field--wrong" in text(response)
    return list(response.context["form"].errors)


def codes(table) -> list[str]:
    return list(table.objects.in_order().values_list("code", flat=True))


def row_of(page: str, name: str) -> str:
    """The row that bears this name, to its end."""
    return page.split(f">{name}</a>")[1].split("</li>")[0]


def first_of(name: str) -> tuple:
    kind = TABLES[name].objects.in_order().first()
    return kind, f"{LISTS}{name}/{kind.pk}/"


def test_both_lists_say_what_is_called_how_and_how_often_it_is_used(office):
    agreement_of(households=make_households(2))
    Category.objects.filter(code="sudden").update(is_open=False)
    page = text(office.get(LISTS))
    assert page.count("row--kind") == Category.objects.count() + Mode.objects.count()
    lifted, contract = row_of(page, "脱贫户"), row_of(page, "订单收购")
    for words in ("Household lifted out of poverty", ">lifted<", "2 register entries"):
        assert words in lifted
    for words in ("Contract purchase", ">purchase_contract<", "1 agreement\n"):
        assert words in contract
    assert "0 agreements" in row_of(page, "务工")
    assert "May not be chosen" not in lifted + contract
    assert "May not be chosen" in row_of(page, "突发严重困难户")


@pytest.mark.parametrize("name", TABLES)
def test_a_new_one_stands_last_and_who_added_it_is_kept(office, operator, name):
    before = codes(TABLES[name])
    assert office.post(f"{LISTS}{name}/new/", NEW)["Location"] == LISTS
    assert codes(TABLES[name]) == [*before, "watched"]
    made = TABLES[name].objects.get(code="watched")
    assert (made.name, made.name_en, made.is_open) == ("防返贫对象", "Watched household", True)
    change = Change.objects.get()
    subject = f"{TABLES[name]._meta.model_name}:watched"
    assert (change.room, change.subject, change.by, change.at) == ("kind", subject, operator, NOW)
    assert (change.before, change.after) == (None, {**NEW, "is_open": True})
    page = text(office.get(LISTS))
    for line in ("Name: 防返贫对象", "Code: watched", "May be chosen: Yes"):
        assert f"<li>{line}</li>" in page


@pytest.mark.parametrize("name", TABLES)
def test_the_first_one_of_an_empty_list_can_be_added(office, name):
    TABLES[name].objects.all().delete()
    assert "Nothing can be chosen yet" in text(office.get(LISTS))
    office.post(f"{LISTS}{name}/new/", NEW)
    assert codes(TABLES[name]) == ["watched"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " "),
        ("name", "长" * 41),
        ("name", "a\x00"),
        ("name", "{name}"),
        ("name", "{name_en}"),
        ("name_en", "x" * 81),
        ("name_en", "{name}"),
        ("name_en", "{name_en}"),
        ("code", ""),
        ("code", "a b"),
        ("code", "脱贫"),
        ("code", "x" * 31),
        ("code", "{code}"),
    ],
)
@pytest.mark.parametrize("name", TABLES)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_added(office, name, field, value):
    there, _address = first_of(name)
    value = value.format(name=there.name, name_en=there.name_en, code=there.code)
    before = state()
    response = office.post(f"{LISTS}{name}/new/", NEW | {field: value})
    assert errors_of(response) == [field]
    assert response.context["form"][field].value() == value
    assert state() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "其他"), ("name", "长" * 21), ("name_en", "Other"), ("name", "Other")],
)
def test_words_that_cannot_be_change_nothing(office, field, value):
    _mode, address = first_of("modes")
    before = state()
    assert errors_of(office.post(address, WORDS | {field: value})) == [field]
    assert state() == before


def test_two_may_have_no_english_name(office):
    for code, name in (("one", "甲"), ("two", "乙")):
        office.post(f"{LISTS}modes/new/", {"code": code, "name": name, "name_en": ""})
    assert codes(Mode)[-2:] == ["one", "two"]


def test_new_words_are_kept_with_the_old_ones_and_the_code_stays(office):
    mode, address = first_of("modes")
    place = mode.position
    assert office.post(address, {**WORDS, "code": "other-code"})["Location"] == LISTS
    mode.refresh_from_db()
    assert (mode.code, mode.name, mode.name_en) == ("purchase_contract", "订单保底", "Floor price")
    assert (mode.position, mode.is_open) == (place, True)
    page = text(office.get(address))
    assert "<li>Name: 订单收购 → 订单保底</li>" in page
    assert "May be chosen: Yes →" not in page
    assert 'name="code"' not in page
    before = state()
    office.post(address, WORDS)
    assert state() == before


@pytest.mark.parametrize("name", TABLES)
def test_one_is_closed_and_opened_again(office, name):
    kind, address = first_of(name)
    said = {"name": kind.name, "name_en": kind.name_en}
    office.post(address, said)
    assert kind.code not in {row.code for row in TABLES[name].objects.to_choose()}
    assert "<li>May be chosen: Yes → No</li>" in text(office.get(address))
    office.post(address, {**said, "is_open": "on"})
    assert kind.code in {row.code for row in TABLES[name].objects.to_choose()}
    assert "<li>May be chosen: No → Yes</li>" in text(office.get(LISTS))


@pytest.mark.parametrize("name", TABLES)
def test_the_last_open_one_cannot_be_closed(office, name):
    kind, address = first_of(name)
    TABLES[name].objects.exclude(pk=kind.pk).update(is_open=False)
    before = state()
    response = office.post(address, {"name": kind.name, "name_en": kind.name_en})
    assert errors_of(response) == ["is_open"]
    assert state() == before


def test_the_sheet_offers_a_category_under_its_new_name_and_in_its_place(office):
    sudden = category("sudden")
    office.post(f"{LISTS}categories/{sudden.pk}/", {**WORDS, "name": "突发困难户"})
    office.post(f"{LISTS}categories/{sudden.pk}/move/up/")
    assert codes(Category) == ["lifted", "unstable", "sudden", "borderline", "other"]
    assert write_template(Region.objects.get(pk=WUCHUAN))


def test_they_change_places_and_at_the_end_nothing_happens(office):
    *_others, before, last = codes(Mode)
    address = f"{LISTS}modes/{mode_of(last).pk}/move/"
    assert office.post(f"{address}up/")["Location"] == LISTS
    assert codes(Mode)[-2:] == [last, before]
    office.post(f"{address}down/")
    kept = state()
    office.post(f"{address}down/")
    assert (codes(Mode)[-2:], state()) == ([before, last], kept)
    page = text(office.get(LISTS))
    assert page.index("One place back</li>") < page.index("One place forward</li>")


def test_rows_of_one_position_can_be_moved(office):
    Mode.objects.update(position=0)
    first, second, *_others = codes(Mode)
    office.post(f"{LISTS}modes/{mode_of(second).pk}/move/up/")
    assert codes(Mode)[:2] == [second, first]


def test_what_is_not_there_is_not_found(office):
    mode = mode_of()
    before = state()
    for path in ("schemes/new/", f"schemes/{mode.pk}/", "modes/999999999999/"):
        assert office.get(f"{LISTS}{path}").status_code == 404
        assert office.post(f"{LISTS}{path}", WORDS | NEW).status_code == 404
    for path in ("modes/999999999999/move/up/", f"modes/{mode.pk}/move/away/"):
        assert office.post(f"{LISTS}{path}").status_code == 404
    assert office.get(f"{LISTS}modes/{mode.pk}/move/up/").status_code == 405
    assert state() == before


@pytest.mark.parametrize("table", TABLES.values())
def test_the_database_keeps_names_apart(table):
    there = table.objects.in_order().first()
    for names in ({"name": there.name}, {"name": "新", "name_en": there.name_en}):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(code="new", **names)


@pytest.mark.parametrize("count", [1, 12])
def test_the_lists_cost_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for table in TABLES.values():
        table.objects.all().delete()
        for number in range(count):
            table.objects.create(code=f"k{number}", name=f"种{number}")
    office.get(LISTS)
    with django_assert_max_num_queries(8):
        assert text(office.get(LISTS)).count("row--kind") == 2 * count


@pytest.mark.parametrize("count", [1, 12])
def test_one_of_them_costs_the_same_in_a_list_of_any_length(
    office, count, django_assert_max_num_queries
):
    for number in range(count):
        Mode.objects.create(code=f"k{number}", name=f"种{number}")
    _mode, address = first_of("modes")
    office.get(address)
    with django_assert_max_num_queries(7):
        assert 'value="订单收购"' in text(office.get(address))
