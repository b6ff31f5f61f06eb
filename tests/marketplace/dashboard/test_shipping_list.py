"""The list of the day: late first, by day; found, counted, packed many at once; the pick list."""

import re
from copy import copy
from datetime import date, timedelta

import pytest
from django.db.models.base import ModelState
from django.urls import reverse

from marketplace.order.models import Consignment, LineLot
from tests.factories import ProductFactory
from tests.marketplace.buying import DAY, MOBILE, order_for
from tests.marketplace.dashboard.shipping import (
    clerk,
    clerks_browser,
    cooperative,
    path,
    text,
)
from tests.marketplace.dashboard.walking import member_of
from tests.marketplace.packing import (
    cut_of_mutton,
    lot_of,
    order_of,
    packed,
    parcel_for,
    shipped,
    state_of_parcels,
)

pytestmark = pytest.mark.django_db
__all__ = ["clerk", "clerks_browser", "cooperative"]
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
NUMBER = re.compile(r'row__title number" href="[^"]+">(YS[0-9A-Z-]+)<')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')


@pytest.fixture
def good(cooperative):
    return ProductFactory(cooperative=cooperative, title_en="Oat flakes")


def numbers(browser, cooperative, **params) -> list[str]:
    return NUMBER.findall(text(browser.get(path(cooperative), params)))


def number(parcel) -> str:
    return order_of(parcel).number


def test_late_ones_come_first_and_are_marked(clerks_browser, cooperative, good):
    later = parcel_for(good, dispatch_on=TOMORROW)
    late = parcel_for(good, dispatch_on=YESTERDAY)
    now = packed(good, dispatch_on=DAY)
    page = text(clerks_browser.get(path(cooperative)))
    assert NUMBER.findall(page) == [number(late), number(now), number(later)]
    assert page.count("row--late") == 1
    assert page.index("22 November") < page.index("23 November") < page.index("24 November")
    assert dict(COUNT.findall(page)) == {
        "": "3",
        "late": "1",
        "to_pack": "2",
        "to_send": "1",
        "sent": "0",
    }


def test_a_row_says_what_is_in_it_and_never_for_whom(clerks_browser, cooperative, good):
    parcel_for((good, 3))
    page = text(clerks_browser.get(path(cooperative)))
    assert "Oat flakes 1000 g" in page
    assert "× 3" in page
    for secret in ("李岚", MOBILE, "3号楼"):
        assert secret not in page


def test_stages_and_filters_narrow_it(clerks_browser, cooperative, good):
    waiting = parcel_for(good, dispatch_on=DAY)
    done = packed(good, dispatch_on=TOMORROW)
    sent = shipped(ProductFactory(cooperative=cooperative, storage="frozen"), dispatch_on=YESTERDAY)
    find = lambda **params: numbers(clerks_browser, cooperative, **params)  # noqa: E731
    assert find() == [number(waiting), number(done)]
    assert find(stage="to_pack") == [number(waiting)]
    assert find(stage="to_send") == [number(done)]
    assert find(stage="sent") == [number(sent)]
    assert find(stage="late") == []
    assert find(day="2026-11-24") == [number(done)]
    assert find(q=number(waiting)[-6:].lower()) == [number(waiting)]
    assert find(q="sf12345", stage="sent") == [number(sent)]
    assert find(storage="frozen", stage="sent") == [number(sent)]
    assert find(storage="chilled") == []


@pytest.mark.parametrize(
    "params", [{"day": "31.2."}, {"q": "x" * 300}, {"storage": "warm"}, {"q": "a\x00"}]
)
def test_wrong_filters_are_said_beside_the_field(clerks_browser, cooperative, good, params):
    parcel = parcel_for(good)
    page = text(clerks_browser.get(path(cooperative), params))
    assert "field--wrong" in page
    assert NUMBER.findall(page) == [number(parcel)]


def test_what_is_not_paid_or_of_others_is_not_there(clerks_browser, cooperative, good):
    order_for(good)
    parcel_for(ProductFactory())
    page = text(clerks_browser.get(path(cooperative)))
    assert NUMBER.findall(page) == []
    assert "Nothing to pack, nothing to send" in page
    assert "No parcel fits" in text(clerks_browser.get(path(cooperative), {"q": "YS1999"}))


def test_the_accountant_reads_no_addresses(client, cooperative, good):
    client.force_login(member_of(cooperative, "accountant", "accountant"))
    assert client.get(path(cooperative)).status_code == 403
    home = text(client.get(reverse("backoffice:coop", args=[cooperative.slug])))
    assert "/today/" not in home
    assert "/parcels/" not in home


def test_home_says_what_is_to_do_today(clerks_browser, cooperative, good):
    parcel_for(good, dispatch_on=YESTERDAY)
    packed(good, dispatch_on=DAY)
    parcel_for(good, dispatch_on=TOMORROW)
    page = text(clerks_browser.get(f"/en/dashboard/c/{cooperative.slug}/"))
    figures = dict(re.findall(r"<dt>([A-Z][a-z ]+)</dt><dd>(\d+)</dd>", page))
    assert figures == {"To pack": "2", "To send": "1", "Late": "1"}
    assert 'progress max="2" value="1"' in page
    assert f"{path(cooperative)}?stage=late" in page


def test_those_ticked_are_packed_as_proposed_and_others_say_why(
    clerks_browser, cooperative, clerk, good
):
    first, second = parcel_for((good, 2)), parcel_for((good, 3))
    lot = lot_of(good, 4)
    mutton = cut_of_mutton(cooperative=cooperative)
    lot_of(mutton)
    weighed = parcel_for(mutton)
    data = {"parcel": [first.pk, second.pk, weighed.pk]}
    answer = clerks_browser.post(path(cooperative, "pack/"), data, follow=True)
    page = text(answer)
    assert "1 parcel is packed." in page
    assert f"{number(second)}: " in page
    assert "must come to exactly 3 packs" in page
    assert "enter what it weighs" in page
    assert LineLot.objects.values_list("lot", "quantity").get() == (lot.pk, 2)
    states = Consignment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["packed", "paid", "paid"]
    assert first.steps.get(state="packed").by == clerk


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["9" * 30], ["1", "1", "1"]])
def test_ticks_that_mean_nothing_pack_nothing(clerks_browser, cooperative, good, ticked):
    foreign = parcel_for(ProductFactory())
    lot_of(good)
    data = {"parcel": [*ticked, foreign.pk]}
    before = state_of_parcels()
    assert clerks_browser.post(path(cooperative, "pack/"), data).status_code == 302
    assert state_of_parcels() == before


def send(browser, cooperative, *numbers, carrier="zto"):
    """`numbers` are of the packed parcels in their order."""
    parcels = Consignment.objects.filter(state="packed").order_by("dispatch_on", "pk")
    said = {f"number-{one.pk}": number for one, number in zip(parcels, numbers, strict=False)}
    return browser.post(path(cooperative, "send/"), {"carrier": carrier, **said}, follow=True)


def test_many_are_sent_by_their_numbers_and_those_without_one_stay(
    clerks_browser, cooperative, good
):
    for _ in range(3):
        packed(good)
    page = text(send(clerks_browser, cooperative, "7500 1", "", "75002"))
    assert "2 parcels are sent." in page
    rows = Consignment.objects.order_by("pk").values_list("state", "carrier", "tracking_number")
    assert list(rows) == [
        ("shipped", "zto", "75001"),
        ("packed", "", ""),
        ("shipped", "zto", "75002"),
    ]


@pytest.mark.parametrize(
    ("numbers_", "words"),
    [(("75001", "x" * 300), "4 to 40 letters"), (("75001", "7500 1"), "stands above already")],
)
def test_with_one_wrong_number_none_leaves(clerks_browser, cooperative, good, numbers_, words):
    packed(good)
    packed(good)
    before = state_of_parcels()
    page = text(send(clerks_browser, cooperative, *numbers_))
    assert words in page
    assert f'value="{numbers_[0]}"' in page
    assert state_of_parcels() == before


def test_of_an_unknown_carrier_and_without_any_number_nothing_leaves(
    clerks_browser, cooperative, good
):
    packed(good)
    before = state_of_parcels()
    assert "field__error" in text(send(clerks_browser, cooperative, "75001", carrier="pigeon"))
    send(clerks_browser, cooperative, "")
    assert state_of_parcels() == before


def test_where_nothing_is_packed_it_says_so(clerks_browser, cooperative, good):
    packed(ProductFactory())
    parcel_for(good)
    page = text(clerks_browser.get(path(cooperative, "send/")))
    assert "Nothing is packed" in page
    assert "number-" not in page


def test_the_pick_list_is_by_good_with_lots_and_says_what_is_missing(
    clerks_browser, cooperative, good
):
    other = ProductFactory(cooperative=cooperative, title_en="Quinoa")
    late = parcel_for((good, 2), dispatch_on=YESTERDAY)
    now = parcel_for((good, 3), other, dispatch_on=DAY)
    parcel_for((good, 9), dispatch_on=TOMORROW)
    packed(good, dispatch_on=DAY)
    lot = lot_of(good, 4)
    page = text(clerks_browser.get(path(cooperative, "picking/")))
    used = Consignment.objects.filter(state="packed").get().lines.get().lots.get()
    assert "To leave until 23 November 2026" in page
    assert "2 parcels" in page
    assert re.findall(r'sheet__count number">(\d+)<', page) == ["5", "1"]
    for parcel in (late, now):
        assert number(parcel)[-6:] in page
    assert f"{lot.code} × 4" in page or f"{used.lot.code} × 5" in page
    assert "1 pack without a released lot" in page
    page = text(clerks_browser.get(path(cooperative, "picking/"), {"day": "2026-11-24"}))
    assert re.findall(r'sheet__count number">(\d+)<', page) == ["14", "1"]


def test_a_pick_list_of_nothing_says_so(clerks_browser, cooperative):
    assert "Nothing is left to pack" in text(clerks_browser.get(path(cooperative, "picking/")))
    answer = clerks_browser.get(path(cooperative, "picking/"), {"day": "x"})
    assert (answer.status_code, "field--wrong" in text(answer)) == (200, True)


def twins(row, changes) -> list:
    """Copies of the row, each with changes of its own."""
    made = []
    for changed in changes:
        twin = copy(row)
        twin.pk, twin._state = None, ModelState()
        for name, value in changed.items():
            setattr(twin, name, value)
        made.append(twin)
    return type(row).objects.bulk_create(made)


def many(parcel, count: int) -> None:
    """So many parcels like this one, over ten days."""
    order, line = order_of(parcel), parcel.lines.get()
    names = ({"number": f"N{n}", "submission_token": None, "basket": None} for n in range(count))
    orders = twins(order, names)
    days = (date(2026, 11, 20) + timedelta(days=n % 10) for n in range(count))
    pairs = zip(orders, days, strict=True)
    parcels = twins(parcel, ({"order": one, "dispatch_on": day} for one, day in pairs))
    twins(line, ({"order": one.order, "consignment": one} for one in parcels))


@pytest.mark.parametrize("count", [3, 2000])
@pytest.mark.parametrize("tail", ["", "picking/", "send/"])
def test_it_costs_the_same_for_any_length(
    clerks_browser, cooperative, good, count, tail, django_assert_max_num_queries
):
    lot_of(good, 5)
    many(parcel_for(good), count)
    with django_assert_max_num_queries(12):
        assert clerks_browser.get(path(cooperative, tail)).status_code == 200
