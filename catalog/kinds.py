"""Lists of kinds that the staff chooses from: data, for guidance and its names change."""

from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from marketplace.localised import localised_property


class KindQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def to_choose(self) -> Self:
        """Those that something new may be of; closed ones stay on what has them."""
        return self.filter(is_open=True).in_order()

    def for_office(self, users: QuerySet, by: str) -> Self:
        """In their order, each with how many of `users` are of it `by` that foreign key."""
        own = users.filter(**{by: OuterRef("pk")}).order_by().values(by)
        number = own.annotate(number=Count("pk")).values("number")
        return self.annotate(uses=Coalesce(Subquery(number), 0)).in_order()


class Kind(models.Model):
    """One of a list. Rows, figures and sheets name it by its code, which is never changed, and
    people by its name, which nothing else of the list has. It is closed and never deleted."""

    code = models.SlugField(_("Code"), max_length=30, unique=True)
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("Name in English"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("Position"), default=0)
    is_open = models.BooleanField(_("May be chosen"), default=True)

    objects = KindQuerySet.as_manager()
    name_text = localised_property("name")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["name"], name="%(app_label)s_%(class)s_name_once"),
            models.UniqueConstraint(
                fields=["name_en"],
                condition=~Q(name_en=""),
                name="%(app_label)s_%(class)s_name_en_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
