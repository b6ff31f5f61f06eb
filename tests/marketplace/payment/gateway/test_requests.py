"""Every request of ours against the types that Stripe publishes in its own library."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import stripe
import typing_extensions
from pydantic import ConfigDict, TypeAdapter, ValidationError
from stripe.params import (
    EventListParams,
    PaymentIntentCancelParams,
    PaymentIntentConfirmParams,
    PaymentIntentCreateParams,
    PaymentIntentListParams,
    RefundCreateParams,
    RefundListParams,
)

from marketplace.payment import gateway
from marketplace.payment.gateway import intents, lists
from tests.marketplace.payment.gateway.steps import BACK

SINCE = datetime(2026, 11, 23, 8, tzinfo=UTC)
SINCE_SECONDS = {"limit": 100, "created": {"gte": 1795420800}}
REFUND = gateway.refunds.refund_params("pi_1", Decimal("66.00"), "20261123-7", "R1")
REQUESTS = [
    (
        intents.creation_params(Decimal("366.00"), "7", "阴山集 7"),
        PaymentIntentCreateParams,
    ),
    *(
        (intents.confirmation_params(method, BACK), PaymentIntentConfirmParams)
        for method in gateway.METHODS
    ),
    (intents.CANCELLATION, PaymentIntentCancelParams),
    (REFUND, RefundCreateParams),
    (lists.intents_since(SINCE), PaymentIntentListParams),
    (lists.refunds_since(SINCE, ""), RefundListParams),
    (lists.refunds_since(SINCE, "pi_1"), RefundListParams),
    (lists.events_since(SINCE, ()), EventListParams),
    (lists.events_since(SINCE, ("refund.failed", "charge.refunded")), EventListParams),
]


@pytest.mark.parametrize(("params", "kind"), REQUESTS)
def test_our_requests_are_what_stripes_own_types_allow(params, kind):
    checked = adapter(kind).validate_python(params)
    assert checked == params


@pytest.mark.parametrize(("params", "kind"), REQUESTS)
def test_a_name_that_stripe_does_not_know_would_be_noticed(params, kind):
    with pytest.raises(ValidationError, match="colour"):
        adapter(kind).validate_python({**params, "colour": "red"})


def test_a_refund_is_asked_for_in_fen_and_names_only_the_order_and_our_paper():
    assert REFUND == {
        "payment_intent": "pi_1",
        "amount": 6600,
        "reason": "requested_by_customer",
        "metadata": {"order": "20261123-7", "refund": "R1"},
    }


def test_lists_ask_for_whole_pages_from_the_second_on_and_for_nothing_that_is_not_wanted():
    assert lists.intents_since(SINCE) == lists.refunds_since(SINCE, "") == SINCE_SECONDS
    assert lists.refunds_since(SINCE, "pi_1") == {**SINCE_SECONDS, "payment_intent": "pi_1"}
    assert lists.events_since(SINCE, ()) == SINCE_SECONDS
    assert lists.events_since(SINCE, ("a", "b")) == {**SINCE_SECONDS, "types": ["a", "b"]}


def adapter(kind) -> TypeAdapter:
    """Strict about names on the first level; deeper, an unknown name is missing in the result."""
    kind.__pydantic_config__ = ConfigDict(arbitrary_types_allowed=True, extra="forbid")
    made = TypeAdapter(kind)
    names = {"StripeContext": stripe.StripeContext, **vars(typing_extensions)}
    made.rebuild(_types_namespace=names)
    return made
