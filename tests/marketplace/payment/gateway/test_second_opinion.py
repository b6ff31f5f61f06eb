"""Our requests as localstripe takes them: an imitation of Stripe by people who never saw ours.

It refuses every parameter that it does not know, which makes its yes worth something. Its no is
not always Stripe's: it is older than some of what we send, and these tests name all of it.

- Creating an intent: no `description`, no `allowed_payment_method_types`; the rest it takes.
- Confirming: nothing of ours, neither `payment_method_data` nor `return_url`; so no Alipay, no
  WeChat Pay, no page to go to. What must be paid here is paid by a test card at its creation.
- Cancelling: no `cancellation_reason`; and no code when it is too late.
- Refunding: no `reason`; it knows no pending refund, no failure, and does not mind an amount
  that is more than what is left.
- Lists: of intents no `created`, and one of refunds breaks it; of events no `types`. It lists
  intents and events from old to new.
- A paid intent lacks `amount_received`, and its charge comes whole instead of as an id.
- An Idempotency-Key it does not read: the same key makes another intent.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import stripe

from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown, GatewayRefused, intents, lists
from tests.marketplace.payment.gateway.localstripe_process import forget, running_localstripe
from tests.marketplace.payment.gateway.steps import BACK, create, redirect, refund

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
AMOUNT = Decimal("366.00")
CREATION = gateway.intents.creation_params(AMOUNT, "20261123-7", "阴山集 7")
METADATA = {"order": "20261123-7"}


@pytest.fixture(scope="module")
def localstripe():
    with running_localstripe() as base:
        yield base


@pytest.fixture(autouse=True)
def at_localstripe(localstripe, settings):
    settings.STRIPE_API_BASE = localstripe
    settings.STRIPE_SECRET_KEY = "sk_test_tests"
    settings.STRIPE_ACCOUNT = ""
    forget(localstripe)


def service():
    return gateway.connection.client().v1


def without(params, *unknown):
    """The request minus these, each of which is in it."""
    assert {*unknown} < {*params}
    return {name: value for name, value in params.items() if name not in unknown}


def made(**more):
    """An intent as ours, minus what localstripe does not know."""
    known = without(CREATION, "description", "allowed_payment_method_types")
    return service().payment_intents.create({**known, **more})


def paid():
    return made(payment_method="pm_card_visa", confirm=True)


def unknown_to_it(call, *args):
    """The names that it refuses of a whole request of ours."""
    with pytest.raises(GatewayRefused) as caught:
        call(*args)
    words = str(caught.value).rpartition("Unexpected ")[2]
    return set(words.split(", "))


def test_creating_an_intent_is_accepted_but_for_two_names():
    assert unknown_to_it(create) == {"description", "allowed_payment_method_types"}
    intent = gateway.objects.to_intent(made().to_dict())
    assert (intent.amount, intent.currency, intent.metadata) == (AMOUNT, "cny", METADATA)
    assert (intent.status, intent.error) == ("requires_payment_method", "")
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    assert intent.created > SINCE


def test_a_card_as_the_old_kind_of_list_is_accepted():
    assert made(payment_method_types=["card"]).status == "requires_payment_method"


def test_retrieving_an_intent_is_accepted_whole():
    raw = made()
    assert gateway.fetch_intent(raw.id) == gateway.objects.to_intent(raw.to_dict())
    with pytest.raises(GatewayRefused):
        gateway.fetch_intent("pi_unknown")


def test_confirming_is_not_known_at_all():
    unknown = unknown_to_it(redirect, gateway.fetch_intent(made().id))
    assert unknown == {"payment_method_data", "return_url"}
    assert set(gateway.intents.confirmation_params("alipay", BACK)) == unknown


def test_cancelling_is_accepted_but_for_the_reason():
    intent_id = made().id
    assert unknown_to_it(gateway.cancel_intent, intent_id) == {"cancellation_reason"}
    assert set(intents.CANCELLATION) == {"cancellation_reason"}
    gone = gateway.objects.to_intent(service().payment_intents.cancel(intent_id).to_dict())
    assert (gone.id, gone.status) == (intent_id, "canceled")
    assert gateway.fetch_intent(intent_id) == gone


def test_refunding_is_accepted_but_for_the_reason_and_retrieved_whole():
    intent = paid()
    params = gateway.refunds.refund_params(intent.id, Decimal("66.00"), "20261123-7", "R1")
    assert unknown_to_it(refund, intent, "66.00", "any") == {"reason"}
    part = gateway.to_refund(service().refunds.create(without(params, "reason")).to_dict())
    assert (part.intent_id, part.amount, part.currency) == (intent.id, Decimal("66.00"), "cny")
    assert (part.status, part.reason) == ("succeeded", "")
    assert part.metadata == {"order": "20261123-7", "refund": "R1"}
    assert gateway.fetch_refund(part.id) == part
    charge = service().payment_intents.retrieve(intent.id).latest_charge
    assert (charge.amount, charge.amount_refunded, charge.refunded) == (36600, 6600, False)


def test_refunding_what_nobody_paid_is_refused():
    params = gateway.refunds.refund_params(made().id, Decimal("66.00"), "20261123-7", "R1")
    with pytest.raises(stripe.InvalidRequestError, match="failed payment"):
        service().refunds.create(without(params, "reason"))


def test_listing_refunds_is_accepted_but_for_created():
    intent = paid()
    for amount in (100, 200):
        service().refunds.create({"payment_intent": intent.id, "amount": amount})
    with pytest.raises(GatewayDown, match="got itself in trouble"):
        next(gateway.list_refunds(since=SINCE, intent_id=intent.id))
    known = without(lists.refunds_since(SINCE, intent.id), "created")
    listed = service().refunds.list({**known, "limit": 1}).auto_paging_iter()
    assert sorted(gateway.to_refund(each.to_dict()).amount for each in listed) == [1, 2]


def test_listing_intents_is_accepted_but_for_created():
    ours = [made().id, made().id]
    assert unknown_to_it(next, gateway.list_intents(since=SINCE)) == {"created"}
    known = without(lists.intents_since(SINCE), "created")
    listed = service().payment_intents.list({**known, "limit": 1}).auto_paging_iter()
    assert [gateway.objects.to_intent(each.to_dict()).id for each in listed] == ours


def test_listing_events_is_accepted_whole_but_for_types():
    with pytest.raises(stripe.CardError):
        made(payment_method="pm_card_chargeCustomerFail", confirm=True)
    kind = "payment_intent.payment_failed"
    assert unknown_to_it(next, gateway.list_events(since=SINCE, kinds=[kind])) == {"types"}
    [failed] = gateway.list_events(since=SINCE)
    assert (failed.type, failed.refund) == (kind, None)
    assert (failed.intent.amount, failed.intent.metadata) == (AMOUNT, METADATA)
    assert (failed.intent.status, failed.intent.error) == (
        "requires_payment_method",
        "card_declined",
    )
    later = failed.created + timedelta(seconds=1)
    assert list(gateway.list_events(since=later)) == []
