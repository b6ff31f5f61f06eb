"""Changing the lists of categories and modes, with a trace of who did."""

from datetime import datetime

from django.db import transaction

from catalog.assistance.services import kinds
from catalog.assistance.services.kinds import Said, said_of
from catalog.kinds import Kind
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import Values, keep_change


def subject_of(kind: Kind) -> str:
    """The key under which its changes are kept."""
    return f"{kind._meta.model_name}:{kind.code}"


@transaction.atomic
def enter_kind(
    *, table: type[Kind], code: str, name: str, name_en: str, by: User, now: datetime
) -> Kind:
    """Raises ValidationError by field."""
    kind = kinds.add_kind(table=table, code=code, name=name, name_en=name_en)
    keep(kind, None, {"code": kind.code, **said_of(kind)._asdict()}, by, now)
    return kind


@transaction.atomic
def correct_kind(*, kind: Kind, said: Said, by: User, now: datetime) -> None:
    """Raises ValidationError by field."""
    before = kinds.change_kind(table=type(kind), pk=kind.pk, said=said)
    keep(kind, before._asdict(), said._asdict(), by, now)


@transaction.atomic
def change_place(*, table: type[Kind], pk: int, up: bool, by: User, now: datetime) -> None:
    """Let it change places with its neighbour; at the end of the list nothing happens.

    Raises DoesNotExist.
    """
    places = {True: "1", False: "2"}
    if moved := kinds.move_kind(table=table, pk=pk, up=up):
        keep(moved, {"place": places[not up]}, {"place": places[up]}, by, now)


def keep(kind: Kind, before: Values, after: Values, by: User, now: datetime) -> None:
    room = Change.Room.KIND
    keep_change(room=room, subject=subject_of(kind), before=before, after=after, by=by, now=now)
