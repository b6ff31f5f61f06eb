"""Reading payments and refunds, and holding them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from marketplace.attempts import AttemptQuerySet
from marketplace.ledger.models import Account, Entry
from marketplace.money import NOTHING, to_the_fen

BUYERS = Account.Kind.BUYERS


class PaymentQuerySet(models.QuerySet):
    def hold(self, payment_id: int) -> models.Model:
        """The payment and its order as they are now; the payment stays locked."""
        held = self.select_for_update(of=("self",)).select_related("order__user")
        return held.get(pk=payment_id)

    def settled_since(self, since: datetime) -> Self:
        """Whose money came since then, or went back since then."""
        refund = self.model._meta.get_field("refunds").related_model
        ended = refund.objects.filter(payment=OuterRef("pk"), settled_at__gte=since)
        return self.filter(Q(settled_at__gte=since) | Exists(ended), settled_at__isnull=False)

    def unlike_ledger(self) -> Self:
        """Where buyers gave and got another sum by the ledger than by payment and refunds."""
        refund = self.model._meta.get_field("refunds").related_model
        ended = refund.objects.filter(payment=OuterRef("pk"), state="succeeded")
        moved = Entry.objects.about(OuterRef("order__number"))
        return self.annotate(
            gone_back=total_of(ended.values("payment")),
            given=total_of(moved.filter(giver__kind=BUYERS).values("giver__kind")),
            taken=total_of(moved.filter(taker__kind=BUYERS).values("taker__kind")),
        ).exclude(amount=to_the_fen(F("given") - F("taken") + F("gone_back")))


def total_of(rows: models.QuerySet) -> Coalesce:
    """The sum of `amount` over rows that are grouped already; nothing without rows."""
    total = rows.order_by().annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), NOTHING, output_field=models.DecimalField())


class RefundQuerySet(AttemptQuerySet):
    def unfinished(self) -> Self:
        """On its way: it has to be sent, or asked after."""
        return self.filter(state="pending")

    def for_office(self) -> Self:
        """What the back office shows of each: by whom, for what, of which payment, and whether
        it was tried again."""
        parts = self.model._meta.get_field("parts").related_model
        named = parts.objects.select_related("line", "consignment__partner__cooperative")
        again = self.model._default_manager.filter(again_of=OuterRef("pk"))
        return (
            self.select_related("by", "payment__order")
            .annotate(tried_again=Exists(again))
            .prefetch_related(Prefetch("parts", named.order_by("pk")))
        )
