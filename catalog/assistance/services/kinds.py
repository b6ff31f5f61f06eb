"""Writing the lists that counties choose from: categories of households, and modes of benefit."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.kinds import Kind


class Said(NamedTuple):
    """How one is called, and whether something new may be of it."""

    name: str
    name_en: str
    is_open: bool


def said_of(kind: Kind) -> Said:
    return Said(*(getattr(kind, name) for name in Said._fields))


@transaction.atomic
def add_kind(*, table: type[Kind], code: str, name: str, name_en: str) -> Kind:
    """At the end of its list. Raises ValidationError by field."""
    last = max((kind.position for kind in hold_list(table).values()), default=-1)
    kind = table(code=code, name=name, name_en=name_en, position=last + 1)
    put(kind)
    return kind


@transaction.atomic
def change_kind(*, table: type[Kind], pk: int, said: Said) -> Said:
    """What it said before. Raises ValidationError by field, DoesNotExist."""
    kinds = hold_list(table)
    kind = hold_one(kinds, table, pk)
    before = said_of(kind)
    if not said.is_open and not any(one.is_open for one in kinds.values() if one != kind):
        raise ValidationError({"is_open": _("This is the last one that may be chosen.")})
    for name, value in said._asdict().items():
        setattr(kind, name, value)
    put(kind)
    return before


@transaction.atomic
def move_kind(*, table: type[Kind], pk: int, up: bool) -> Kind | None:
    """Change places with the neighbour; None when there is none, and nothing has moved.

    Raises DoesNotExist.
    """
    kinds = hold_list(table)
    kind = hold_one(kinds, table, pk)
    order = sorted(kinds.values(), key=lambda one: (one.position, one.pk))
    place = order.index(kind)
    neighbour = place - 1 if up else place + 1
    if not 0 <= neighbour < len(order):
        return None
    order[place], order[neighbour] = order[neighbour], order[place]
    for position, one in enumerate(order):
        one.position = position
    table.objects.bulk_update(order, ["position"])
    return kind


def hold_list(table: type[Kind]) -> dict[int, Kind]:
    """By key: a list is written one at a time, as order and names are of all of it."""
    return {kind.pk: kind for kind in table.objects.select_for_update(no_key=True).order_by("pk")}


def hold_one(kinds: dict[int, Kind], table: type[Kind], pk: int) -> Kind:
    if pk not in kinds:
        raise table.DoesNotExist
    return kinds[pk]


def put(kind: Kind) -> None:
    """The list is asked again when another of the same was faster. Raises ValidationError."""
    check(kind)
    try:
        with transaction.atomic():
            kind.save()
    except IntegrityError:
        check(kind)
        raise


def check(kind: Kind) -> None:
    """A sheet names it by either name, so neither may be a name of another."""
    kind.clean_fields()
    others = list(type(kind).objects.exclude(pk=kind.pk))
    names = {name for other in others for name in (other.name, other.name_en) if name}
    wrong = {
        field: _("Another of this list is called so already.")
        for field in ("name", "name_en")
        if getattr(kind, field) in names
    }
    if kind.code in {other.code for other in others}:
        wrong["code"] = _("Another of this list has this code already.")
    if wrong:
        raise ValidationError(wrong)
