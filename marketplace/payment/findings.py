"""Things about money that a person must decide: noted once, kept until they are gone or decided."""

from datetime import datetime
from decimal import Decimal

from marketplace.accounts.models import User
from marketplace.payment.models import Finding


def note_finding(
    kind: Finding.Kind,
    subject: str,
    now: datetime,
    order_number: str = "",
    amount: Decimal | None = None,
) -> Finding:
    """Note it once; one that was gone is open again, one that a person has decided stays so."""
    about = {"order_number": order_number, "amount": amount}
    finding, is_new = Finding.objects.get_or_create(
        kind=kind, subject=subject, defaults={**about, "found_at": now}
    )
    if not is_new and finding.closed_at and not finding.note:
        Finding.objects.filter(pk=finding.pk, note="").update(closed_at=None, found_at=now)
    return finding


def close(kind: Finding.Kind, subject: str, now: datetime, *, by: User | None = None) -> None:
    """What was found is no longer so, by itself or because somebody has seen to it."""
    still_open = Finding.objects.filter(kind=kind, subject=subject, closed_at=None)
    still_open.update(closed_at=now, closed_by=by)


def decide(*, finding_id: int, note: str, by: User, now: datetime) -> bool:
    """Close it with what was decided; False when somebody else was faster."""
    open_one = Finding.objects.filter(pk=finding_id, closed_at=None)
    return bool(open_one.update(closed_at=now, closed_by=by, note=note))
