"""What a payment must say before the county is asked for its word."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.assistance.models import Agreement, AgreementHousehold, Record
from catalog.assistance.querysets import PAID_AFTER, RecordQuerySet
from catalog.assistance.refusals import more_than_sold
from catalog.assistance.services.locks import hold_households
from catalog.assistance.services.sold import SoldBetween, find_excess
from marketplace.money import FEN

MOST_EVIDENCE = 5
MOST = Decimal("9999999999.99")
NAMED = 8


class Payment(NamedTuple):
    """What was paid, as on the slip; `positions` are numbers of the agreement's list."""

    begins_on: date
    ends_on: date
    paid_on: date
    amount: Decimal
    slip: str
    positions: Collection[int]
    note: str = ""


def check_payment(
    *,
    agreement: Agreement,
    payment: Payment,
    sold: SoldBetween,
    day: date,
    record: Record | None = None,
) -> list[AgreementHousehold]:
    """The members that were paid. The caller holds the agreement; `record` is the one that is
    handed in again. Raises ValidationError by field of Payment."""
    others = Record.objects.exclude(pk=record and record.pk)
    members = list(agreement.members.filter(position__in=payment.positions).order_by("position"))
    wrong = _period_wrong(agreement, payment, day) | _paid_wrong(agreement, payment, day)
    wrong |= _amount_wrong(payment.amount) | _slip_wrong(agreement, payment, others)
    wrong |= _members_wrong(agreement, payment, members)
    if not wrong:
        wrong |= _twice_wrong(agreement, payment, members, others)
    if not wrong:
        wrong |= _sold_wrong(agreement, payment, sold, others)
    if wrong:
        raise ValidationError(wrong)
    return members


def _period_wrong(agreement: Agreement, payment: Payment, day: date) -> dict[str, str]:
    if payment.ends_on < payment.begins_on:
        return {"ends_on": _("It cannot end before it begins.")}
    days = {"from": date_format(agreement.begins_on), "until": date_format(agreement.ends_on)}
    outside = _("The agreement runs from %(from)s until %(until)s.") % days
    wrong = {}
    if payment.begins_on < agreement.begins_on:
        wrong["begins_on"] = outside
    if payment.ends_on > agreement.ends_on:
        wrong["ends_on"] = outside
    if payment.begins_on > day:
        wrong["begins_on"] = _("This day is still to come.")
    if payment.ends_on > day:
        wrong["ends_on"] = _("This day is still to come. Record what is over, please.")
    return wrong


def _paid_wrong(agreement: Agreement, payment: Payment, day: date) -> dict[str, str]:
    last = agreement.ends_on + PAID_AFTER
    if payment.paid_on > day:
        return {"paid_on": _("This day is still to come.")}
    if payment.paid_on < agreement.begins_on:
        begins = date_format(agreement.begins_on)
        return {"paid_on": _("The agreement begins on %(day)s only.") % {"day": begins}}
    if payment.paid_on > last:
        words = _("The agreement has ended: payments until %(day)s can be recorded.")
        return {"paid_on": words % {"day": date_format(last)}}
    return {}


def _amount_wrong(amount: Decimal) -> dict[str, str]:
    if not amount.is_finite() or not 0 < amount <= MOST:
        return {"amount": _("More than nothing, please: what was paid in yuan.")}
    if amount != amount.quantize(FEN):
        return {"amount": _("An amount has at most two decimals: yuan and fen.")}
    return {}


def _slip_wrong(agreement: Agreement, payment: Payment, others: RecordQuerySet) -> dict[str, str]:
    if not payment.slip.strip():
        return {"slip": _("Which number has the slip?")}
    held = others.of_cooperative(agreement.cooperative).alive()
    same = held.filter(slip=payment.slip).first()
    if same is None:
        return {}
    words = _("Record %(number)s has this slip already. It stands at “%(state)s”.")
    return {"slip": words % {"number": same.number, "state": same.state_label}}


def _members_wrong(
    agreement: Agreement, payment: Payment, members: Sequence[AgreementHousehold]
) -> dict[str, str]:
    """A household that moved to another county, or was erased, is paid no more."""
    if not payment.positions:
        return {"positions": _("Which households were paid? Tick at least one.")}
    if len(members) != len(set(payment.positions)):
        return {"positions": _("Choose among the households of this agreement's list.")}
    households = {one.pk: one for one in hold_households([one.household_id for one in members])}
    gone, away = [], []
    for member in members:
        household = households[member.household_id]
        if household.erased_at:
            gone.append(member)
        elif household.county_id != agreement.county_id:
            away.append(member)
    if away:
        words = _("Registered in another county: No. %(numbers)s of the list.")
        return {"positions": words % {"numbers": _numbers(away)}}
    if gone:
        words = _("No longer in the register: No. %(numbers)s of the list.")
        return {"positions": words % {"numbers": _numbers(gone)}}
    return {}


def _twice_wrong(
    agreement: Agreement,
    payment: Payment,
    members: Sequence[AgreementHousehold],
    others: RecordQuerySet,
) -> dict[str, str]:
    """A cooperative does not pay a household twice for the same days, mode and goods, be it under
    two agreements."""
    same = others.alive().of_kind(agreement).overlapping(payment.begins_on, payment.ends_on)
    by_household = {one.household_id: one for one in members}
    record = same.filter(members__household__in=by_household).order_by("pk").first()
    if record is None:
        return {}
    paid = record.members.filter(household__in=by_household).values_list("household", flat=True)
    words = _("%(number)s has paid for days of this period already: No. %(numbers)s of the list.")
    again = sorted((by_household[key] for key in paid), key=lambda one: one.position)
    return {"begins_on": words % {"number": record.number, "numbers": _numbers(again)}}


def _numbers(members: Sequence[AgreementHousehold]) -> str:
    numbers = ", ".join(str(one.position) for one in members[:NAMED])
    return f"{numbers} …" if len(members) > NAMED else numbers


def _sold_wrong(
    agreement: Agreement, payment: Payment, sold: SoldBetween, others: RecordQuerySet
) -> dict[str, str]:
    days = (payment.begins_on, payment.ends_on)
    excess = find_excess(agreement, days, payment.amount, sold, others.alive())
    return {"amount": more_than_sold(excess)} if excess else {}


def check_evidence(count: int) -> None:
    """Raises ValidationError for `evidence`."""
    if not count:
        raise ValidationError({"evidence": _("Add at least one file that shows the payment.")})
    if count > MOST_EVIDENCE:
        words = _("At most %(count)s files, please.") % {"count": MOST_EVIDENCE}
        raise ValidationError({"evidence": words})
