"""Reading vouchers."""

from typing import Self

from django.db import models
from django.db.models import Count, Q, Sum

from marketplace.voucher.persons import Person


class VoucherQuerySet(models.QuerySet):
    def for_person(self, person: Person) -> Self:
        """Adds `used_by_person`: how often this person has used the voucher."""
        known = Q(taken__user_id=person.user_id) if person.user_id else Q()
        if person.mobile:
            known |= Q(taken__mobile=person.mobile)
        counted = Count("taken", filter=known or Q(pk__isnull=True))
        return self.annotate(used_by_person=counted)

    def for_table(self) -> Self:
        """The newest first, each with its offer's terms and `given`, what it took off (yuan)."""
        offers = self.model._meta.get_field("offers").related_model
        return (
            self.annotate(given=Sum("offers__uses__amount"))
            .prefetch_related(models.Prefetch("offers", queryset=offers.objects.with_terms()))
            .order_by("-pk")
        )
