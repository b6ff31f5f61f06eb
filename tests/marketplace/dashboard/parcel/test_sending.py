"""A parcel leaves with its number."""

import pytest

from marketplace.dashboard.models import Change
from marketplace.order.models import Consignment
from marketplace.outbox.models import Message
from tests.marketplace.buying import MOBILE
from tests.marketplace.dashboard.parcel.forms import nothing_changed
from tests.marketplace.dashboard.shipping import path, text
from tests.marketplace.packing import packed, parcel_for, shipped

pytestmark = pytest.mark.django_db


def test_sending_tells_the_buyer_the_number(clerks_browser, clerk, good, mailoutbox):
    parcel = packed(good)
    data = {"carrier": "zto", "number": " 7513 2212 34567 "}
    answer = clerks_browser.post(path(parcel, "ship/"), data)
    parcel = Consignment.objects.get()
    assert answer["Location"] == path(parcel)
    assert (parcel.state, parcel.carrier, parcel.tracking_number) == (
        "shipped",
        "zto",
        "7513221234567",
    )
    assert parcel.steps.get(state="shipped").by == clerk
    assert "7513221234567" in text(clerks_browser.get(path(parcel)))


@pytest.mark.parametrize(
    "number", ["", "x" * 300, "顺丰123456", "12-", "ab", "12;DROP", "SF\x00123"]
)
def test_a_number_that_no_carrier_writes_is_refused_and_kept(clerks_browser, good, number):
    parcel = packed(good)
    data = {"carrier": "sf", "number": number}
    page = nothing_changed(clerks_browser, path(parcel, "ship/"), data)
    assert "field__error" in page
    if number == "x" * 300:
        assert "4 to 40 letters, digits and hyphens" in page
        assert number in page


@pytest.mark.parametrize("carrier", ["", "pigeon", "sf\x00"])
def test_an_unknown_carrier_is_refused(clerks_browser, good, carrier):
    parcel = packed(good)
    data = {"carrier": carrier, "number": "SF123456"}
    assert "field__error" in nothing_changed(clerks_browser, path(parcel, "ship/"), data)


def test_what_is_not_packed_or_has_left_is_not_sent(clerks_browser, good):
    data = {"carrier": "sf", "number": "SF99999999"}
    for parcel in (parcel_for(good), shipped(good)):
        page = nothing_changed(clerks_browser, path(parcel, "ship/"), data)
        assert "a parcel cannot go to" in page


def test_a_mistyped_number_is_corrected_and_the_buyer_told_once(clerks_browser, clerk, good):
    parcel = shipped(good)
    for _again in range(2):
        clerks_browser.post(path(parcel, "number/"), {"carrier": "jd", "number": "jd 55566677"})
    parcel.refresh_from_db()
    assert (parcel.state, parcel.carrier, parcel.tracking_number) == ("shipped", "jd", "JD55566677")
    change = Change.objects.get(room="parcel", subject=str(parcel.pk))
    assert change.before == {"carrier": "sf", "number": "SF1234567890"}
    assert change.after == {"carrier": "jd", "number": "JD55566677"}
    assert change.by == clerk
    mail = Message.objects.get(event__startswith="order_renumbered")
    assert "JD55566677" in mail.body
    page = text(clerks_browser.get(path(parcel)))
    assert "JD55566677" in page
    assert "SF1234567890" in page


def test_a_wrong_number_corrects_nothing_and_is_kept(clerks_browser, good):
    parcel = shipped(good)
    data = {"carrier": "sf", "number": "x" * 300}
    page = nothing_changed(clerks_browser, path(parcel, "number/"), data)
    assert "4 to 40 letters, digits and hyphens" in page
    assert data["number"] in page
    assert not Change.objects.exists()


def test_only_what_is_on_its_way_gets_another_number(clerks_browser, good):
    arrived = shipped(good)
    Consignment.objects.update(state="delivered")
    for parcel in (arrived, packed(good)):
        data = {"carrier": "sf", "number": "SF99999999"}
        page = nothing_changed(clerks_browser, path(parcel, "number/"), data)
        assert "Only while a parcel is on its way" in page
    assert not Message.objects.filter(event__startswith="order_renumbered").exists()


def test_once_it_has_arrived_nobody_reads_the_address(clerks_browser, good):
    parcel = shipped(good)
    for state in ("delivered", "completed", "cancelled"):
        Consignment.objects.update(state=state)
        page = text(clerks_browser.get(path(parcel)))
        for secret in ("李岚", MOBILE, "3号楼"):
            assert secret not in page
        for tail in ("label/", "slip/"):
            assert MOBILE not in text(clerks_browser.get(path(parcel, tail)))
