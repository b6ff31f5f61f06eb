"""A month's figures on their way to the public: begun, counted, proved, published or dropped.

What is counted is what was confirmed before the moment of beginning, however long counting takes
and whenever it is published. One batch alone is under way, so that what was published before it
stays the same until it is decided.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from catalog.assistance.figures.changes import little_changes
from catalog.assistance.figures.counting import STEPS, count_figures, in_yuan
from catalog.assistance.figures.editions import read_counties, read_earlier, read_edition
from catalog.assistance.figures.hiding import hide_figures
from catalog.assistance.figures.proof import prove
from catalog.assistance.figures.shapes import Figure, Place
from catalog.assistance.models import Batch, Cell, Record
from catalog.assistance.services.batch_refusals import (
    BatchRefused,
    BatchUnderWay,
    LaterMonthPublished,
    LittleChangesUnseen,
    MonthNotBegun,
    NotProved,
)
from marketplace.accounts.models import User
from marketplace.months import month_of

State = Batch.State
YEARS = 2
NOT_PROVED, BROKEN = "not_proved", "broken"
AT_ONCE = 500


@transaction.atomic
def begin_batch(*, month: date, by: User, now: datetime) -> Batch:
    """Raises BatchRefused. `now` is until when what was confirmed is counted."""
    month = month_of(month)
    if month > month_of(timezone.localdate(now)):
        raise MonthNotBegun
    if Batch.objects.published().filter(month__gt=month).exists():
        raise LaterMonthPublished
    if Batch.objects.filter(is_under_way=True).exists():
        raise BatchUnderWay
    of_month = Batch.objects.filter(month=month).count() + 1
    try:
        with transaction.atomic():
            return Batch.objects.create(
                number=f"{month.year}-{month.month}-{of_month}",
                month=month,
                cutoff=now,
                is_under_way=True,
                total=STEPS + YEARS + 1,
                begun_at=now,
                begun_by=by,
            )
    except IntegrityError as somebody_else:
        raise BatchUnderWay from somebody_else


def count_batch(*, batch_id: int) -> None:
    """Count, hide, write the cells; those of an earlier try are replaced. Raises BatchRefused
    when the batch is not being counted (any more)."""
    batch = Batch.objects.filter(pk=batch_id, state=State.MAKING).first()
    if batch is None:
        raise BatchRefused
    await_confirmations(batch.cutoff)
    Batch.objects.filter(pk=batch_id).update(done=0)
    tell = teller(batch_id)
    figures = count_figures(batch.month, batch.cutoff, tell)
    hidden = hide_figures(figures, read_earlier(batch), read_counties(), tell)
    write_cells(batch_id, figures, hidden)
    tell()


@transaction.atomic
def await_confirmations(cutoff: datetime) -> None:
    """Who confirms holds the record: what was being confirmed at the cutoff is through then."""
    waiting = Record.objects.waiting().filter(submitted_at__lt=cutoff).order_by("pk")
    for _row in waiting.select_for_update(no_key=True).values_list("pk").iterator():
        pass


def teller(batch_id: int) -> Callable[[], None]:
    def tell() -> None:
        Batch.objects.filter(pk=batch_id).update(done=F("done") + 1)

    return tell


@transaction.atomic
def write_cells(batch_id: int, figures: Mapping[Place, Figure], hidden: frozenset[Place]) -> None:
    hold(batch_id, State.MAKING)
    Cell.objects.filter(batch=batch_id).delete()
    rows = (
        Cell(
            batch_id=batch_id,
            **place._asdict(),
            households=figure.households,
            amount=in_yuan(figure.fen),
            is_hidden=place in hidden,
        )
        for place, figure in figures.items()
    )
    Cell.objects.bulk_create(rows, batch_size=AT_ONCE)


@transaction.atomic
def mark_ready(*, batch_id: int) -> Batch:
    """Prove what is stored, from the beginning. Raises NotProved, and BatchRefused."""
    batch = hold(batch_id, State.MAKING)
    proof = prove(read_edition(batch), read_earlier(batch), read_counties())
    if proof.failed:
        raise NotProved
    batch.state, batch.proof, batch.done = State.READY, proof._asdict(), batch.total
    batch.save(update_fields=["state", "proof", "done"])
    return batch


@transaction.atomic
def publish_batch(*, batch_id: int, by: User, now: datetime, little_is_seen: bool = False) -> Batch:
    """Its cutoff stays. Raises BatchRefused unless it is ready, and LittleChangesUnseen where
    published figures would change by a few households and nobody has looked at them."""
    batch = hold(batch_id, State.READY)
    count = 0 if little_is_seen else little_changes(batch).count()
    if count:
        raise LittleChangesUnseen(count)
    batch.state, batch.is_under_way = State.PUBLISHED, None
    batch.published_at, batch.published_by = now, by
    batch.save(update_fields=["state", "is_under_way", "published_at", "published_by"])
    return batch


@transaction.atomic
def drop_batch(*, batch_id: int) -> Batch:
    """One that was published stays. Raises BatchRefused."""
    return end_batch(batch_id, State.DROPPED, *Batch.UNDER_WAY)


@transaction.atomic
def fail_batch(*, batch_id: int, reason: str) -> Batch:
    """`reason` is NOT_PROVED or BROKEN. Raises BatchRefused when it is no longer being counted."""
    batch = end_batch(batch_id, State.FAILED, State.MAKING)
    batch.proof = {"failure": reason}
    batch.save(update_fields=["proof"])
    return batch


def end_batch(batch_id: int, state: str, *states: str) -> Batch:
    batch = hold(batch_id, *states)
    batch.state, batch.is_under_way = state, None
    batch.save(update_fields=["state", "is_under_way"])
    return batch


def hold(batch_id: int, *states: str) -> Batch:
    """Locked until the transaction ends. Raises BatchRefused for one in another state."""
    batch = Batch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.state not in states:
        raise BatchRefused
    return batch
