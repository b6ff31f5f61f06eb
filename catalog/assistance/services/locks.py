"""Holding what a write rests on. The cooperative comes first, then records in pk order, then
households in pk order: two writes can never wait for each other."""

from collections.abc import Collection

from catalog.assistance.models import Agreement, Record
from catalog.households.models import Household
from catalog.producers.models import Cooperative


def hold_cooperative(cooperative_id: int) -> Cooperative:
    """Locked until the transaction ends: its agreements and records are written one at a time,
    so that slips, periods and sums are compared with all that there is."""
    return Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative_id)


def hold_agreement(agreement_id: int) -> Agreement:
    """As it is now, under the lock of its cooperative."""
    holder = Agreement.objects.values_list("cooperative", flat=True).get(pk=agreement_id)
    hold_cooperative(holder)
    held = Agreement.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative", "county").get(pk=agreement_id)


def hold_record(record_id: int) -> Record:
    """As it is now, with the record that it counters in `counters`, both locked."""
    known = Record.objects.only("agreement_id", "counters_id").get(pk=record_id)
    agreement = hold_agreement(known.agreement_id)
    held = Record.objects.select_for_update(of=("self",), no_key=True)
    keys = filter(None, [record_id, known.counters_id])
    records = {one.pk: one for one in held.filter(pk__in=keys).order_by("pk")}
    record = records[record_id]
    record.agreement, record.cooperative = agreement, agreement.cooperative
    if record.counters_id:
        record.counters = records[record.counters_id]
    return record


def hold_households(keys: Collection[int]) -> list[Household]:
    """What of them is no secret. Nobody erases one of them until the transaction ends."""
    held = Household.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return list(held.only("code", "county_id", "erased_at").order_by("pk"))
