"""Reading balances."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Sum

from marketplace.money import NOTHING


class EntryQuerySet(models.QuerySet):
    def about(self, reference: str) -> "EntryQuerySet":
        """The entries of one order, by its number."""
        return self.filter(posting__reference=reference)

    def balances(self) -> dict[tuple[str, int], Decimal]:
        """Yuan by (kind, holder) of every account that these entries touch; together zero."""
        found: dict[tuple[str, int], Decimal] = {}
        for side, sign in (("taker", 1), ("giver", -1)):
            rows = self.order_by().values_list(F(f"{side}__kind"), F(f"{side}__holder"))
            for kind, holder, amount in rows.annotate(Sum("amount")):
                found[kind, holder] = found.get((kind, holder), NOTHING) + sign * amount
        return found
