"""Offers and vouchers as operators make and end them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from marketplace.accounts.models import User
from marketplace.offer import campaigns
from marketplace.offer.campaigns import create_voucher, end_offer
from marketplace.offer.models import Benefit, Condition, ConditionalOffer, OfferUse, Range
from marketplace.voucher.models import Voucher, VoucherUse
from marketplace.voucher.services import end_voucher
from tests.factories import CooperativeFactory
from tests.factories.offers import BEGINS, ENDS, MADE, Scope, offer_of, terms_of, voucher_of
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
TABLES = (ConditionalOffer, Condition, Benefit, Range, Voucher)


def rows():
    return [table.objects.count() for table in TABLES]


def refused(make, **values) -> dict[str, list[str]]:
    """The words of the refusal; that nothing was written is checked too."""
    before = rows()
    with override("en"), pytest.raises(ValidationError) as error:
        make(**values)
    assert rows() == before
    return error.value.message_dict


def test_an_offer_is_kept_as_it_was_said():
    by = User.objects.create_user("operator@example.com")
    mill = CooperativeFactory()
    terms = terms_of(off="8.00", threshold="99.00", cooperative=mill, name="云麦垛满减")
    offer = campaigns.create_offer(
        terms=terms, begins=BEGINS, ends=None, limit_total=500, priority=3, by=by, now=MADE
    )
    offer.refresh_from_db()
    assert (offer.name, offer.offer_type, offer.exclusive) == ("云麦垛满减", "Site", False)
    assert (offer.bearer, offer.cooperative, offer.created_by) == ("cooperative", mill, by)
    assert (offer.start_datetime, offer.end_datetime, offer.priority) == (BEGINS, None, 3)
    assert (offer.max_global_applications, offer.num_applications) == (500, 0)
    assert (offer.condition.type, offer.condition.value) == ("Value", Decimal("99.00"))
    assert (offer.benefit.type, offer.benefit.value) == ("Absolute", Decimal("8.00"))
    assert offer.condition.range == offer.benefit.range
    assert offer.condition.range.includes_all_products


def test_a_voucher_has_one_offer_and_its_code_is_folded():
    by = User.objects.create_user("operator@example.com")
    voucher = create_voucher(
        code=" ｙｓｊ 20",
        terms=terms_of(off="20.00", threshold="199.00"),
        begins=BEGINS,
        ends=ENDS,
        limit_total=200,
        limit_per_person=None,
        by=by,
        now=MADE,
    )
    voucher.refresh_from_db()
    assert (voucher.code, voucher.uses, voucher.created_by) == ("YSJ20", 0, by)
    assert (voucher.limit_total, voucher.limit_per_person) == (200, None)
    offer = voucher.offers.get()
    assert (offer.offer_type, offer.start_datetime) == ("Voucher", None)


WRONG = [
    ("name", {"name": " "}, "Please give it a name of at most 128 characters."),
    ("name", {"name": "满" * 129}, "Please give it a name of at most 128 characters."),
    ("threshold", {"threshold": "-1"}, "Please enter an amount in yuan, or 0."),
    ("threshold", {"threshold": "0.001"}, "Please enter an amount in yuan, or 0."),
    ("threshold", {"threshold": "NaN"}, "Please enter an amount in yuan, or 0."),
    ("threshold", {"threshold": "1e30"}, "Please enter an amount in yuan, or 0."),
    ("value", {"off": "0"}, "Please enter what is taken off."),
    ("value", {"off": "-8"}, "Please enter what is taken off."),
    ("value", {"percent": "100"}, "Please enter a percentage below 100."),
    (
        "value",
        {"off": "20", "threshold": "20"},
        "Takes off as much as must be bought, or more.",
    ),
    ("kind", {"kind": "Multibuy"}, "Please choose an amount or a percentage."),
    (
        "most_off",
        {"most_off": Decimal(0)},
        "Please enter an amount in yuan, or leave it empty.",
    ),
    ("bearer", {"bearer": "county"}, "Please say who pays for it."),
    (
        "cooperative",
        {"bearer": "cooperative"},
        "Please choose the cooperative that pays for it.",
    ),
]


@pytest.mark.parametrize(("field", "said", "words"), WRONG)
def test_wrong_terms_are_refused_beside_their_field(field, said, words):
    for make in (offer_of, voucher_of):
        assert refused(make, **said) == {field: [words]}


def test_a_cooperative_is_named_only_when_it_pays():
    said = {"cooperative": CooperativeFactory(), "bearer": "platform"}
    assert refused(offer_of, **said) == {
        "cooperative": ["The market pays for it, so no cooperative is named."]
    }


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"ends": MADE}, "This moment has passed."),
        ({"begins": ENDS, "ends": ENDS}, "It must end after it begins."),
        ({"begins": ENDS + timedelta(days=1)}, "It must end after it begins."),
    ],
)
def test_wrong_dates_are_refused(dates, words):
    for make in (offer_of, voucher_of):
        assert refused(make, **dates) == {"ends": [words]}


@pytest.mark.parametrize("limit", [0, -1, 10**9])
def test_wrong_limits_are_refused(limit):
    words = ["Please enter a number from 1 to 1000000, or leave it empty."]
    assert refused(offer_of, limit_total=limit) == {"limit_total": words}
    assert refused(voucher_of, limit_total=limit, limit_per_person=limit) == {
        "limit_total": words,
        "limit_per_person": words,
    }


@pytest.mark.parametrize("code", ["", "A", "YSJ_20", "满" * 41])
def test_a_code_that_cannot_be_typed_is_refused(code):
    words = ["3 to 40 letters, digits, Han characters or hyphens."]
    assert refused(voucher_of, code=code) == {"code": words}


def test_a_code_or_name_is_given_once_in_any_writing():
    voucher_of("YSJ20", name="满199减20")
    assert refused(voucher_of, code="ysj 20", name="满199减20") == {
        "name": ["There is an offer or voucher of this name already."],
        "code": ["There is a voucher with this code already."],
    }


def test_all_that_is_wrong_is_said_at_once():
    found = refused(voucher_of, code="A", off="0", bearer="cooperative", limit_total=0, ends=MADE)
    assert set(found) == {"code", "value", "cooperative", "limit_total", "ends"}


def test_a_code_that_is_taken_in_the_same_moment_is_refused_in_words(monkeypatch):
    voucher_of("YSJ20")
    checks = iter([{}, {"code": "taken"}])
    monkeypatch.setattr(campaigns, "bad_code", lambda code: next(checks))
    assert refused(voucher_of, code="YSJ20") == {"code": ["taken"]}


def test_an_offer_ends_now_and_only_once():
    by = User.objects.create_user("operator@example.com")
    offer = offer_of()
    end_offer(offer=offer, by=by, now=NOW)
    assert (offer.start_datetime, offer.end_datetime, offer.ended_by) == (BEGINS, NOW, by)
    end_offer(offer=offer, by=None, now=NOW + timedelta(hours=1))
    assert (offer.end_datetime, offer.ended_by) == (NOW, by)


@pytest.mark.parametrize("begins", [None, ENDS - timedelta(days=1)])
def test_an_offer_without_dates_or_before_its_first_day_can_be_ended(begins):
    offer = offer_of(begins=begins)
    end_offer(offer=offer, by=None, now=NOW)
    assert (offer.start_datetime, offer.end_datetime) == (NOW, NOW)
    assert not ConditionalOffer.objects.running(NOW).exists()


def test_a_voucher_ends_now_and_only_once():
    by = User.objects.create_user("operator@example.com")
    voucher = voucher_of(begins=ENDS - timedelta(days=1))
    end_voucher(voucher=voucher, by=by, now=NOW)
    assert (voucher.start_datetime, voucher.end_datetime, voucher.ended_by) == (NOW, NOW, by)
    end_voucher(voucher=voucher, by=None, now=NOW + timedelta(hours=1))
    assert (voucher.end_datetime, voucher.ended_by) == (NOW, by)


@pytest.mark.parametrize("count", [1, 3])
def test_the_tables_cost_the_same_for_any_length(count, django_assert_num_queries):
    for number in range(count):
        offer = offer_of(cooperative=CooperativeFactory())
        voucher = voucher_of(f"YSJ{number}", limit_per_person=None)
        for order_id in (1, 2):
            use = 10 * number + order_id
            VoucherUse.objects.create(voucher=voucher, order_id=use)
            for each in (offer, voucher.offers.get()):
                OfferUse.objects.create(offer=each, order_id=use, amount=Decimal("8.00"))
    with django_assert_num_queries(1):
        offers = list(ConditionalOffer.objects.for_table())
        assert [(o.use_count, o.given) for o in offers] == [(2, Decimal("16.00"))] * count
        assert all(o.cooperative.short_name and o.terms_text for o in offers)
    with django_assert_num_queries(2):
        vouchers = list(Voucher.objects.for_table())
        assert [v.given for v in vouchers] == [Decimal("16.00")] * count
        assert all(v.offer.terms_text for v in vouchers)


BAD_ROWS = [
    (Condition, {"type": "Count", "value": 2}),
    (Condition, {"type": "Value", "value": 2, "proxy_class": "x.Y"}),
    (Benefit, {"type": "Multibuy"}),
    (Benefit, {"type": "Shipping absolute", "value": 2}),
    (Benefit, {"type": "Percentage", "value": 101}),
    (Benefit, {"type": "Absolute", "value": 0}),
]


@pytest.mark.parametrize(("model", "values"), BAD_ROWS)
def test_the_database_knows_only_what_the_applicator_knows(model, values):
    goods = offer_of().condition.range
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(range=goods, **values)


@pytest.mark.parametrize(
    "values",
    [
        {"bearer": "cooperative"},
        {"bearer": "county"},
        {"max_global_applications": 1, "num_applications": 2},
        {"most_off": 0},
        {"end_datetime": BEGINS - timedelta(days=1)},
    ],
)
def test_the_database_refuses_an_offer_without_bearer_or_over_its_limit(values):
    offer = offer_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionalOffer.objects.filter(pk=offer.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [{"limit_total": 1, "uses": 2}, {"limit_per_person": 0}, {"end_datetime": MADE}],
)
def test_the_database_refuses_a_voucher_over_its_limit(values):
    voucher = voucher_of(limit_total=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=voucher.pk).update(**values)


def test_an_order_has_one_voucher_and_each_offer_once():
    offer, voucher = offer_of(), voucher_of()
    VoucherUse.objects.create(voucher=voucher, order_id=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        VoucherUse.objects.create(voucher=voucher_of("OTHER"), order_id=1)
    OfferUse.objects.create(offer=offer, order_id=1, amount=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferUse.objects.create(offer=offer, order_id=1, amount=Decimal(1))


def test_terms_read_as_a_shopkeeper_says_them():
    with override("en"):
        assert offer_of(off="20.00", threshold="199.00").terms_text == "¥20 off from ¥199"
        assert offer_of(percent="5", threshold="99.50").terms_text == "5% off from ¥99.50"
        assert offer_of(off="8.80").terms_text == "¥8.80 off"
        assert offer_of(percent="12.50").terms_text == "12.5% off"
        capped = offer_of(percent="10", threshold="100", most_off=Decimal("30.00"))
        assert capped.terms_text == "10% off from ¥100, at most ¥30"


def test_terms_may_name_goods_of_several_kinds():
    mill = CooperativeFactory()
    terms = replace(terms_of(), scope=Scope(cooperatives=(mill,)))
    offer = campaigns.create_offer(terms=terms, begins=None, ends=None, by=None, now=MADE)
    assert not offer.condition.range.includes_all_products
    assert list(offer.condition.range.cooperatives.all()) == [mill]
