"""Reading cooperatives."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from marketplace.accounts.querysets import in_force


class CooperativeQuerySet(models.QuerySet):
    def for_cards(self) -> Self:
        """What a card or the directory reads, by county and name."""
        return self.select_related("county", "township").order_by("county_id", "slug")

    def specialties_in_turn(self) -> Self:
        """One of each specialty's colour, then the next of each: a short list has them all."""
        turn = Window(RowNumber(), partition_by=F("colour"), order_by="slug")
        return self.annotate(turn=turn).order_by("turn", "colour")


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(in_force(day)).select_related("cooperative").order_by("begins_on", "pk")

    def mails_of_sellers(self, cooperative: models.Model, day: date) -> list[str]:
        """Where owners and clerks of the cooperative read their mail, each once."""
        return self.mails_of(cooperative, ("owner", "clerk"), day)

    def mails_of(self, cooperative: models.Model, roles: tuple[str, ...], day: date) -> list[str]:
        people = self.in_force(day).filter(cooperative=cooperative, role__in=roles)
        mails = people.exclude(user__email=None).values_list("user__email", flat=True)
        return list(dict.fromkeys(mails))
