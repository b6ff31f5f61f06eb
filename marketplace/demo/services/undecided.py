"""What the last counted month leaves to be decided, by the services that the screens call: two
records wait for the county, one went back, and one was countered and recorded anew."""

from datetime import date, timedelta
from decimal import Decimal

from catalog.assistance.models import Record
from catalog.assistance.services import (
    confirm_record,
    counter_record,
    return_record,
    submit_record,
)
from catalog.assistance.services.checks import Payment
from marketplace.accounts.models import User
from marketplace.dashboard.assistance.sold import sold_under
from marketplace.demo.services.agreements import CLERK, Deal, moment
from marketplace.demo.services.benefits import CONFIRMED, HANDED_IN, part_of, sold_by_month
from marketplace.demo.services.slips import draw_slip
from marketplace.months import next_month

OWNERS = {"P1": "cooperative@example.com", "P7": "cooperative2@example.com"}
WAITING = {("P1", "purchase_contract"), ("P7", "wage")}
RETURNED = ("P7", "purchase_contract")
UNDECIDED = WAITING | {RETURNED}
COUNTERED = ("P1", "purchase_contract")
WHY_BACK = "签收表上的户数和名单对不上，请核对后再报。（演示）"
WHY_WRONG = "有一笔收购款算重了，整条冲正后重新记。（演示）"
SHARE_LEFT = Decimal("0.94")


def load_undecided(*, deals: list[Deal], before: date, month: date) -> None:
    """`before` and `month` are the two counted last."""
    by_key = {(deal.text["cooperative"], deal.text["mode"]): deal for deal in deals}
    sold = sold_by_month()
    for key in sorted(UNDECIDED):
        record = hand_in(by_key[key], month, part_of(by_key[key], month, sold), month)
        if record and key == RETURNED:
            decided_at = moment(next_month(month), CONFIRMED)
            return_record(record_id=record.pk, reason=WHY_BACK, by=clerk(), now=decided_at)
    correct(by_key[COUNTERED], before, month)


def hand_in(deal: Deal, month: date, amount: Decimal, known: date, mark: str = "") -> Record | None:
    """What was paid in `month`, handed in after the month `known`; nothing when nothing was."""
    if not amount:
        return None
    last = next_month(month) - timedelta(days=1)
    producer, mode = deal.text["cooperative"], deal.text["mode"]
    payment = Payment(
        begins_on=month,
        ends_on=last,
        paid_on=last,
        amount=amount,
        slip=f"演示-{producer}-{mode}-{month:%Y%m}{mark}",
        positions=range(1, len(deal.households) + 1),
    )
    return submit_record(
        agreement_id=deal.agreement.pk,
        payment=payment,
        evidence=[draw_slip()],
        sold=sold_under(deal.agreement),
        by=User.objects.get(email=OWNERS[producer]),
        now=moment(next_month(known), HANDED_IN),
    )


def correct(deal: Deal, month: date, known: date) -> None:
    """What was confirmed of `month` is taken back after the month `known`, and said anew."""
    wrong = Record.objects.filter(agreement=deal.agreement, begins_on=month).first()
    if wrong is None:
        return
    owner = User.objects.get(email=OWNERS[deal.text["cooperative"]])
    at = moment(next_month(known), HANDED_IN)
    confirm(counter_record(record_id=wrong.pk, reason=WHY_WRONG, by=owner, now=at), known)
    amount = (wrong.amount * SHARE_LEFT).quantize(Decimal(1))
    confirm(hand_in(deal, month, amount, known, mark="-更正"), known)


def confirm(record: Record, known: date) -> None:
    at = moment(next_month(known), CONFIRMED)
    confirm_record(record_id=record.pk, sold=sold_under(record.agreement), by=clerk(), now=at)


def clerk() -> User:
    return User.objects.get(email=CLERK)
