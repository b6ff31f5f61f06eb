"""Reading statements, payouts, and the ledger of one cooperative."""

from typing import Self

from django.db import models
from django.db.models import Prefetch, Q

from marketplace.ledger.models import Entry
from marketplace.settlement.columns import OURS


class StatementQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-month")


class PayoutQuerySet(models.QuerySet):
    def for_office(self) -> Self:
        """What the operator's room reads of a payout, its steps the first first."""
        step = self.model._meta.get_field("steps").related_model
        steps = step.objects.select_related("by").order_by("pk")
        related = ("cooperative", "account", "bank_file", "proposed_by", "approved_by")
        return self.select_related(*related).prefetch_related(Prefetch("steps", steps))


def entries_of(holder: int) -> models.QuerySet[Entry]:
    """All entries that touch a cooperative's accounts, for goods or for delivery."""
    given = Q(giver__holder=holder, giver__kind__in=OURS)
    taken = Q(taker__holder=holder, taker__kind__in=OURS)
    return Entry.objects.filter(given | taken)


def uncounted(holder: int) -> models.QuerySet[Entry]:
    """Those that no statement counts yet."""
    return entries_of(holder).filter(statement_row=None)
