"""Stripe's side compared with ours: what was missed is made good, the rest a person decides."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command

from marketplace.accounts.models import User
from marketplace.ledger.models import Account, Entry, Posting
from marketplace.ledger.services import Move, Place, post
from marketplace.order.models import Consignment
from marketplace.payment import gateway
from marketplace.payment.events import keep_event
from marketplace.payment.expiry import expire_order
from marketplace.payment.findings import decide
from marketplace.payment.models import Finding, Payment, Reconciliation, Refund, StripeEvent
from marketplace.payment.reconciliation import reconcile
from marketplace.payment.refunds import Wish, request_refund
from marketplace.payment.refunds.sending import send
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.paying import balances, mails, went_to_pay, wished

pytestmark = pytest.mark.django_db
END = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def stripe(stripe_in_memory):
    return stripe_in_memory


def healed(now=NOW) -> list[list[str]]:
    run = reconcile(now=now)
    assert (run.problem, run.ended_at) == ("", now)
    return run.healed


def findings() -> list[tuple]:
    rows = Finding.objects.filter(closed_at=None).order_by("pk")
    return list(rows.values_list("kind", "subject", "order_number", "amount"))


def states() -> set[str]:
    return set(Consignment.objects.values_list("state", flat=True))


def assert_a_second_run_finds_the_same_and_heals_nothing(now=NOW):
    before, kept = findings(), (Entry.objects.count(), Refund.objects.count(), mails("order_"))
    assert healed(now) == []
    assert findings() == before
    assert (Entry.objects.count(), Refund.objects.count(), mails("order_")) == kept


def test_when_nothing_was_missed_there_is_nothing_to_make_good(stripe, paid):
    payment = paid()
    keep_event(stripe.events[0])
    run = reconcile(now=NOW)
    assert (run.healed, run.compared, run.since) == ([], 1, NOW - timedelta(days=3))
    assert findings() == []
    assert balances(payment.order)["buyers", 0] == -payment.amount


def test_money_whose_message_was_lost_pays_its_order_once(stripe):
    payment = went_to_pay(order_for())
    stripe.pay(payment.intent_id)
    assert healed() == [["event", stripe.events[0].id]]
    assert (states(), mails("order_paid")) == ({"paid"}, 1)
    assert StripeEvent.objects.get().handled_at == NOW
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_money_of_which_stripe_told_nothing_pays_its_order_too(stripe):
    payment = went_to_pay(order_for())
    stripe.pay(payment.intent_id)
    stripe.events.clear()
    assert healed() == [["payment", payment.order.number]]
    assert states() == {"paid"}
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_a_refund_whose_messages_were_lost_ends(stripe, paid):
    payment = paid()
    refund = refund_of(payment, "18.00")
    stripe.refunds_arrive = False
    refund.stripe_id = send(refund).id
    refund.save()
    stripe.finish_refund(refund.stripe_id, "succeeded")
    stripe.events.clear()
    assert healed() == [["refund", refund.stripe_id]]
    refund.refresh_from_db()
    assert (refund.state, mails("order_refunded:")) == ("succeeded", 1)
    assert_a_second_run_finds_the_same_and_heals_nothing()


def refund_of(payment, amount: str) -> Refund:
    wish = Wish({payment.order.lines.get().pk: Decimal(amount)}, {})
    return request_refund(payment_id=payment.pk, wish=wish, request=wished(), now=NOW)


def test_a_refund_that_never_left_is_sent(stripe, paid):
    payment = paid()
    refund = refund_of(payment, "18.00")
    stripe.events.clear()
    assert healed() == []
    refund.refresh_from_db()
    assert (refund.state, stripe.left_of(payment.intent_id)) == ("succeeded", payment.amount - 18)


def test_an_open_intent_of_an_order_that_is_given_up_is_cancelled(stripe):
    order = order_for()
    payment = went_to_pay(order)
    Payment.objects.update(intent_id=None)
    expire_order(order_id=order.pk, now=END)
    assert healed(END) == [["stray_intent", payment.intent_id]]
    assert stripe.intents[payment.intent_id].status == "canceled"
    assert_a_second_run_finds_the_same_and_heals_nothing(END)


def test_an_intent_that_a_waiting_order_has_not_noted_yet_is_left_alone(stripe):
    payment = went_to_pay(order_for())
    Payment.objects.update(intent_id=None)
    assert healed() == []
    assert stripe.intents[payment.intent_id].status == "requires_action"


def make_intent(stripe, number: str, status="succeeded", amount="18.00"):
    made = gateway.create_intent(
        amount=Decimal(amount),
        order_number=number,
        description="",
        idempotency_key=f"elsewhere-{len(stripe.intents)}",
    )
    about = {"order": number} if number else {}
    stripe.intents[made.id] = replace(made, status=status, metadata=about)
    return made.id


def test_money_for_an_order_that_we_do_not_have_is_for_a_person(stripe):
    name = make_intent(stripe, "YS20261123-9999-AAAAAA")
    assert healed() == []
    assert findings() == [("unknown_money", name, "YS20261123-9999-AAAAAA", 18)]
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_a_second_payment_of_an_order_is_for_a_person(stripe, paid):
    payment = paid()
    name = make_intent(stripe, payment.order.number)
    stripe.events.clear()
    assert healed() == []
    assert findings() == [("second_money", name, payment.order.number, 18)]
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_a_second_intent_that_nobody_has_paid_is_cancelled(stripe, paid):
    name = make_intent(stripe, paid().order.number, "requires_action")
    stripe.events.clear()
    assert healed() == [["stray_intent", name]]
    assert stripe.intents[name].status == "canceled"


def test_intents_of_another_business_on_the_account_are_left_alone(stripe):
    for status in ("succeeded", "requires_action"):
        make_intent(stripe, "", status)
    before = dict(stripe.intents)
    assert healed() == []
    assert (findings(), stripe.intents) == ([], before)
    assert len(before) == 2


def test_a_refund_made_at_stripes_own_pages_is_for_a_person(stripe, paid):
    payment = paid()
    made = stripe.give_back(payment.intent_id, Decimal("5.00"), {})
    assert healed() == [["event", event.id] for event in reversed(stripe.events)]
    expected = [("unknown_refund", made.id, payment.order.number, 5)]
    assert findings() == expected
    assert balances(payment.order)["buyers", 0] == -payment.amount
    assert_a_second_run_finds_the_same_and_heals_nothing()


@pytest.mark.parametrize("there", ["missing", "unpaid"])
def test_an_order_that_counts_as_paid_and_is_not_paid_at_stripe_is_for_a_person(
    stripe, paid, there
):
    payment = paid()
    stripe.events.clear()
    if there == "missing":
        del stripe.intents[payment.intent_id]
    else:
        stripe.change(payment.intent_id, status="canceled")
    assert healed() == []
    number = payment.order.number
    assert findings() == [("no_money", number, number, payment.amount)]
    assert states() == {"paid"}
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_another_sum_than_the_order_asks_for_is_for_a_person_and_pays_nothing(stripe):
    payment = went_to_pay(order_for())
    stripe.pay(payment.intent_id)
    stripe.change(payment.intent_id, amount=Decimal("1.00"))
    assert healed() == [["event", stripe.events[0].id]]
    assert findings() == [("mismatch", payment.intent_id, payment.order.number, 1)]
    assert states() == {"awaiting_payment"}
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_a_difference_in_the_ledger_is_found_and_closed_when_it_is_gone(stripe, paid):
    payment = paid()
    stripe.events.clear()
    number, places = payment.order.number, (Place(Account.Kind.BUYERS), Place(Account.Kind.LATE))
    post(event="by hand", reference=number, moves=[Move(*places, Decimal("2.00"))], at=NOW)
    healed()
    assert findings() == [("ledger", number, number, payment.amount + 2)]
    assert_a_second_run_finds_the_same_and_heals_nothing()
    post(event="back", reference=number, moves=[Move(*places[::-1], Decimal("2.00"))], at=NOW)
    healed(END)
    assert findings() == []
    assert Finding.objects.get().closed_at == END
    assert Posting.objects.count() == 3


def test_money_that_is_older_than_the_ledger_is_posted_as_of_when_it_came(stripe, paid):
    number = paid().order.number
    stripe.events.clear()
    before = Entry.objects.about(number).balances()
    Entry.objects.all().delete()
    Posting.objects.all().delete()
    assert healed(END) == [["ledger", number]]
    assert Entry.objects.about(number).balances() == before
    assert Posting.objects.get().at == Payment.objects.get().settled_at
    assert findings() == []
    assert_a_second_run_finds_the_same_and_heals_nothing()


def test_what_a_person_has_decided_is_not_asked_again(stripe, paid):
    name = make_intent(stripe, paid().order.number)
    stripe.events.clear()
    healed()
    clerk, finding = User.objects.create_user("clerk@example.com"), Finding.objects.get()
    assert decide(finding_id=finding.pk, note="refunded at Stripe", by=clerk, now=NOW)
    assert not decide(finding_id=finding.pk, note="once more", by=clerk, now=END)
    healed(END)
    finding.refresh_from_db()
    assert (finding.subject, finding.closed_at, finding.note) == (name, NOW, "refunded at Stripe")


def test_while_stripe_is_down_the_report_says_so(stripe):
    went_to_pay(order_for())
    stripe.down = True
    run = reconcile(now=NOW)
    assert (run.problem, run.ended_at, run.healed) == ("no answer", None, [])
    assert states() == {"awaiting_payment"}


def test_what_was_made_good_before_stripe_went_down_stands(stripe, monkeypatch):
    payment = went_to_pay(order_for())
    stripe.pay(payment.intent_id)

    def goes_down(**_):
        raise gateway.GatewayDown("gone")

    monkeypatch.setattr(gateway, "list_intents", goes_down)
    run = reconcile(now=NOW)
    assert (run.problem, run.healed) == ("gone", [["event", stripe.events[0].id]])
    assert (states(), Reconciliation.objects.get().healed) == ({"paid"}, run.healed)


def test_what_happened_before_the_time_looked_at_is_left_alone(stripe):
    payment = went_to_pay(order_for(ProductFactory(packs=[("30.00", 9, 1000)])))
    stripe.pay(payment.intent_id)
    assert healed(NOW + timedelta(days=3, seconds=1)) == []
    assert states() == {"awaiting_payment"}


def test_the_command_says_what_was_made_good_and_what_is_to_be_decided(stripe, capsys):
    payment = went_to_pay(order_for())
    stripe.pay(payment.intent_id)
    name = make_intent(stripe, "YS20261123-9999-AAAAAA")
    call_command("reconcile_payments")
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "2 compared, 1 made good.",
        f"  event {stripe.events[0].id}",
        f"  to decide: unknown_money {name}",
    ]
    stripe.down = True
    call_command("reconcile_payments", days=30)
    said = capsys.readouterr()
    assert said.out.startswith("0 compared, 0 made good.\n")
    assert said.err == "Stopped before the end: no answer\n"
    assert Reconciliation.objects.latest("pk").since == NOW - timedelta(days=30)
