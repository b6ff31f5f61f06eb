"""What happened to a lot is added and never rewritten."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.traceability.models import Lot, LotEvent
from catalog.traceability.querysets import RewritingHistory
from tests.catalog.traceability.recording import (
    TOMORROW,
    YESTERDAY,
    add,
    everything,
    good_of,
    record,
)
from tests.factories import ProductFactory
from tests.factories.lots import lot_of
from tests.marketplace.buying import DAY

pytestmark = pytest.mark.django_db


def test_a_correction_is_a_new_event_that_names_what_it_corrects(clerk):
    lot = record(good_of("fresh_produce"), clerk)
    wrong = lot.events.get()
    right = add(lot, clerk, "harvest", DAY, wrong.pk, "起垄")
    again = add(lot, clerk, "harvest", YESTERDAY, right.pk, "起垄")
    assert list(lot.events.current()) == [again]
    known = list(lot.events.with_corrections())
    assert [(event.pk, event.is_corrected) for event in known] == [
        (wrong.pk, True),
        (again.pk, False),
        (right.pk, True),
    ]


def test_an_event_is_corrected_once_and_only_by_its_own_lot(clerk):
    lot, other = record(ProductFactory(), clerk), record(ProductFactory(), clerk, code="QY-2")
    wrong = lot.events.get()
    add(lot, clerk, corrects=wrong.pk)
    before = everything()
    for each in (lot, other):
        with pytest.raises(ValidationError) as refusal:
            add(each, clerk, corrects=wrong.pk)
        assert set(refusal.value.message_dict) == {"corrects"}
    with pytest.raises(ValidationError):
        add(lot, clerk, corrects=10**9)
    assert everything() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        LotEvent.objects.create(lot=lot, kind="packing", on=DAY, title="x", corrects=wrong)


def test_packing_is_not_before_the_harvest_nor_the_harvest_after_all_packing(clerk):
    lot = record(good_of("fresh_produce"), clerk, day=date(2026, 9, 10))
    add(lot, clerk, "packing", date(2026, 10, 1))
    add(lot, clerk, "harvest", date(2026, 9, 12))
    add(lot, clerk, "processing", date(2026, 9, 11))
    add(lot, clerk, "inspection", date(2026, 9, 1))
    before = everything()
    for kind, on in [
        ("packing", date(2026, 9, 9)),
        ("processing", date(2026, 10, 2)),
        ("harvest", date(2026, 10, 2)),
        ("growing", date(2026, 10, 2)),
        ("packing", TOMORROW),
    ]:
        with pytest.raises(ValidationError) as refusal:
            add(lot, clerk, kind, on)
        assert set(refusal.value.message_dict) == {"on"}
    assert everything() == before


def test_a_wrong_day_does_not_stand_in_the_way_of_its_own_correction(clerk):
    lot = record(good_of("fresh_produce"), clerk)
    packing = add(lot, clerk, "packing", YESTERDAY)
    wrong = lot.events.get(kind="harvest")
    assert add(lot, clerk, "harvest", date(2026, 9, 1), wrong.pk).corrects == wrong
    assert packing in lot.events.current()


def test_history_is_neither_changed_nor_deleted(clerk):
    lot = record(ProductFactory(), clerk)
    event = lot.events.get()
    before = everything()
    event.title = "别的"
    for rewrite in (
        event.save,
        event.delete,
        lambda: LotEvent.objects.update(title="别的"),
        lambda: LotEvent.objects.bulk_update([event], ["title"]),
        lot.events.all().delete,
        lambda: LotEvent.objects.update_or_create(pk=event.pk, defaults={"title": "别的"}),
    ):
        with pytest.raises(RewritingHistory), transaction.atomic():
            rewrite()
    assert everything() == before


def test_a_lot_with_a_history_cannot_be_deleted(clerk):
    lot = record(ProductFactory(), clerk)
    with pytest.raises(IntegrityError):
        lot.delete()
    assert Lot.objects.filter(pk=lot.pk).exists()


@pytest.mark.parametrize("change", [{"kind": "magic"}, {"kind": ""}], ids=["unknown", "empty"])
def test_the_database_refuses_kinds_that_nobody_knows(change):
    lot = lot_of(ProductFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        LotEvent.objects.create(lot=lot, on=DAY, title="x", **change)
