"""Reading what the payments' room shows."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from marketplace.payment.models import Finding, Payment, Reconciliation, Refund

Kind = Finding.Kind


def open_findings() -> QuerySet[Finding]:
    """What waits for a decision, the oldest first."""
    return Finding.objects.filter(closed_at=None).order_by("found_at", "pk")


def closed_findings() -> QuerySet[Finding]:
    closed = Finding.objects.filter(closed_at__isnull=False)
    return closed.select_related("closed_by").order_by("-closed_at", "-pk")


def intents_of(findings: Iterable[Finding]) -> dict[str, str]:
    """Stripe's name of the payment by the number of the orders, of those that are here."""
    numbers = {finding.order_number for finding in findings if finding.order_number}
    payments = Payment.objects.filter(order__number__in=numbers)
    return {
        number: intent or ""
        for number, intent in payments.values_list("order__number", "intent_id")
    }


def refunds_of(findings: Iterable[Finding]) -> dict[str, Refund]:
    """The refunds that failed, by the finding's subject."""
    keys = [int(finding.subject) for finding in findings if is_of_refund(finding)]
    return {str(refund.pk): refund for refund in Refund.objects.for_office().filter(pk__in=keys)}


def is_of_refund(finding: Finding) -> bool:
    return finding.kind == Kind.REFUND_FAILED and finding.subject.isdecimal()


def last_comparisons(count: int) -> list[Reconciliation]:
    return list(Reconciliation.objects.order_by("-pk")[:count])


def count_refunds() -> dict[str, int]:
    """How many refunds are in each state; "" counts all of them."""
    rows = Refund.objects.order_by().values_list("state").annotate(Count("pk"))
    counts = Counter(dict(rows))
    return {**{state: counts[state] for state in Refund.State}, "": counts.total()}
