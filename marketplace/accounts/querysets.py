"""Reading postings, and whatever else holds from one day until another."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


def in_force(day: date) -> Q:
    """For rows with `begins_on` and `ends_on`: both days count, no end means until further."""
    return Q(begins_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class PostingQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        return self.filter(in_force(day)).select_related("region").order_by("begins_on", "pk")

    def mails_of_confirmers(self, county: models.Model, day: date) -> list[str]:
        """Where those who confirm for the county read their mail, each once."""
        people = self.in_force(day).filter(role="county_confirmer", region=county)
        mails = people.exclude(user__email=None).values_list("user__email", flat=True)
        return list(dict.fromkeys(mails))
