"""Giving money back: filled in, looked at, confirmed; bounded by what is left; once."""

import re
import uuid
from decimal import Decimal

import pytest

from marketplace.order.models import Consignment
from marketplace.payment.models import Payment, Refund
from tests.factories import ProductFactory
from tests.marketplace.buying import order_for
from tests.marketplace.dashboard.money import first_line, give_back, state_of_money, with_money

pytestmark = pytest.mark.django_db
TOKEN = str(uuid.uuid4())


@pytest.fixture
def order():
    return with_money(
        ProductFactory(title_en="Flour", packs=[("30.00", 9, 1000)]),
        ProductFactory(title_en="Mutton", storage="frozen", packs=[("118.00", 9, 1500)]),
    )


def path(order) -> str:
    return f"/en/dashboard/orders/{order.number}/refund/"


def line(order, place: int = 0) -> str:
    return f"line-{order.lines.order_by('pk')[place].pk}"


def paid_delivery(order) -> Consignment:
    return next(parcel for parcel in order.consignments.order_by("pk") if parcel.fee)


def fill(office, order, step="confirm", token=TOKEN, reason="少了一袋", **fields):
    return office.post(path(order), {"step": step, "token": token, "reason": reason, **fields})


def test_the_form_says_what_was_paid_what_went_back_and_what_is_left(office, order):
    give_back(order, "12.00")
    page = office.get(path(order)).content.decode()
    for words in ("Flour", "¥30.00 paid", "¥12.00 given back", "¥18.00 left", "Money only"):
        assert words in page
    assert f'name="{line(order)}" value' not in page
    assert re.search(r'name="token" value="[0-9a-f-]{36}"', page)


def test_what_is_given_back_whole_has_no_field_any_more(office, order):
    give_back(order, "30.00")
    page = office.get(path(order)).content.decode()
    assert f'name="{line(order)}"' not in page
    assert f'name="{line(order, 1)}"' in page


def test_it_is_shown_with_its_sum_before_anything_is_written(office, order):
    before = state_of_money()
    fields = {line(order): "12.5", f"{line(order, 1)}-rest": "on"}
    response = fill(office, order, step="look", **fields)
    page = response.content.decode()
    for words in ("¥130.50", "goes back to", "Alipay", "¥12.50", "¥118.00", "少了一袋"):
        assert words in page
    assert f'value="{TOKEN}"' in page
    assert state_of_money() == before


def test_what_is_confirmed_is_what_was_shown(office, order):
    looked = fill(office, order, step="look", **{f"{line(order)}-rest": "on"})
    page = looked.content.decode()
    fields = dict(re.findall(r'type="hidden" name="(line-\d+|reason|token)" value="([^"]*)"', page))
    give_back(order, "12.00")
    before = state_of_money()
    response = office.post(path(order), {"step": "confirm", **fields})
    assert response.status_code == 200
    assert "At most ¥18.00 is left" in response.content.decode()
    assert state_of_money() == before


def test_a_line_and_a_delivery_go_back_as_one_refund(office, operator, order):
    parcel = paid_delivery(order)
    fields = {line(order): "12.50", f"fee-{parcel.pk}-rest": "on"}
    response = fill(office, order, **fields)
    assert response["Location"] == f"/en/dashboard/orders/{order.number}/"
    refund = Refund.objects.get()
    assert (refund.amount, refund.reason) == (Decimal("12.50") + parcel.fee, "少了一袋")
    assert (refund.by, refund.token, refund.kind) == (operator, TOKEN, "parts")
    assert first_line(order).refunded == Decimal("12.50")
    page = office.get(response["Location"]).content.decode()
    assert "Written down" in page
    assert "On its way" in page


def test_it_is_sent_after_the_commit(
    office, order, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr("marketplace.payment.refunds.tasks.send_refund.delay", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        fill(office, order, **{line(order): "1"})
    assert sent == [Refund.objects.get().pk]


@pytest.mark.parametrize("step", ["look", "confirm", "change"])
def test_a_double_click_going_back_and_loading_again_lead_to_the_same_refund(office, order, step):
    fill(office, order, **{line(order): "12.00"})
    before = state_of_money()
    response = fill(office, order, step=step, **{line(order): "15.00"})
    assert response["Location"] == f"/en/dashboard/orders/{order.number}/"
    assert "written down already" in office.get(response["Location"]).content.decode()
    assert state_of_money() == before


def test_another_form_is_another_refund(office, order):
    fill(office, order, **{line(order): "12.00"})
    fill(office, order, token=str(uuid.uuid4()), **{line(order): "12.00"})
    assert Refund.objects.count() == 2


@pytest.mark.parametrize("amount", ["30.01", "-1", "0.005", "abc", "1e9", "NaN", "9" * 400])
@pytest.mark.parametrize("step", ["look", "confirm"])
def test_a_wrong_amount_is_said_beside_its_field_and_what_was_typed_stays(
    office, order, amount, step
):
    before = state_of_money()
    response = fill(office, order, step=step, **{line(order): amount, line(order, 1): "7.77"})
    page = response.content.decode()
    assert "field__error" in page
    assert "7.77" in page
    assert "少了一袋" in page
    assert f'value="{TOKEN}"' in page
    assert state_of_money() == before


@pytest.mark.parametrize("amount", ["", "0", "0.00"])
def test_nothing_is_not_given_back(office, order, amount):
    response = fill(office, order, **{line(order): amount})
    assert "Nothing is to go back yet" in response.content.decode()
    assert not Refund.objects.exists()


def test_an_amount_and_all_that_is_left_contradict_each_other(office, order):
    response = fill(office, order, **{line(order): "3", f"{line(order)}-rest": "on"})
    assert "Either this amount" in response.content.decode()
    assert not Refund.objects.exists()
    fill(office, order, **{line(order): "30", f"{line(order)}-rest": "on"})
    assert Refund.objects.get().amount == 30


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201, "a\x00b"])
def test_without_a_proper_reason_nothing_goes_back(office, order, reason):
    response = fill(office, order, reason=reason, **{line(order): "3"})
    assert "field--wrong" in response.content.decode()
    assert not Refund.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "cancel-YS1", "a\x00b"])
def test_without_a_proper_token_nothing_goes_back_and_the_form_gets_one(office, order, token):
    page = fill(office, order, token=token, **{line(order): "3"}).content.decode()
    assert re.search(r'name="token" value="[0-9a-f-]{36}"', page)
    assert not Refund.objects.exists()


def test_a_token_of_another_order_changes_nothing(office, order):
    other = with_money(ProductFactory())
    give_back(other, token=TOKEN)
    before = state_of_money()
    response = fill(office, order, **{line(order): "3"})
    assert response.status_code == 409
    assert state_of_money() == before


def test_lines_of_another_order_are_not_taken(office, order):
    other = with_money(ProductFactory())
    response = fill(office, order, **{line(other): "3"})
    assert "Nothing is to go back yet" in response.content.decode()
    assert not Refund.objects.exists()


def test_what_the_service_refuses_is_said_in_its_words_and_changes_nothing(
    office, order, monkeypatch
):
    from marketplace.dashboard.refunds import views
    from marketplace.payment.refunds import RefundRefused

    def refuse(**_):
        raise RefundRefused

    monkeypatch.setattr(views, "request_refund", refuse)
    response = fill(office, order, **{line(order): "3"})
    assert response.status_code == 409
    assert "refunded meanwhile" in response.content.decode()
    assert not Refund.objects.exists()


def test_it_can_be_changed_before_it_is_confirmed(office, order):
    page = fill(office, order, step="change", **{line(order): "12.50"}).content.decode()
    assert 'value="12.50"' in page
    assert not Refund.objects.exists()


def test_without_money_there_is_nothing_to_give_back(office):
    unpaid, late, whole = order_for(), with_money(), with_money()
    Payment.objects.filter(order=late).update(state="late")
    Payment.objects.filter(order=whole).update(refunded=whole.total_incl_tax)
    for order, words in ((unpaid, "not paid"), (late, "too late"), (whole, "already")):
        for response in (office.get(path(order)), fill(office, order, **{line(order): "1"})):
            page = response.content.decode()
            assert words in page
            assert "<textarea" not in page
    assert not Refund.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    order = with_money(*(ProductFactory() for _ in range(count)))
    for _ in range(count):
        give_back(order, "1.00", token=str(uuid.uuid4()))
    office.get(path(order))
    with django_assert_max_num_queries(9):
        office.get(path(order))
