"""A sheet of households in the worker: looked through first, then its good rows written.

Both go chunk by chunk and may be begun again: a task may come twice, and a worker may stop.
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.households.codes import draw_code
from catalog.households.models import Household, RegisterImport, RegisterStep, Standing
from catalog.households.refusals import RegisteredAlready
from catalog.households.rows import Given, Judge, Judged
from catalog.households.sealing import open_bytes
from catalog.households.services.registering import sealed_fields, write_new
from catalog.households.sheets import SheetRow, read_sheet
from catalog.origins.models import Region
from marketplace.sheets import SheetRefused

State = RegisterImport.State
Errors = list[list]


def look_through(*, job_id: int, now: datetime) -> None:
    """The dry run: every row that cannot be written is named, none is written."""
    checking = RegisterImport.objects.filter(pk=job_id, state=State.CHECKING)
    job = checking.select_related("county").first()
    if job is None:
        return
    count, errors = 0, []
    judge = judge_of(job, now)
    try:
        for chunk in judge.judge_chunks(rows_of(job)):
            count += len(chunk)
            errors += [[one.number, one.words] for one in chunk if one.words]
            checking.update(rows_seen=count)
        if not count:
            errors = [[0, _("There is no household in the sheet.")]]
    except SheetRefused as refusal:
        count, errors = 0, [[0, refusal.words]]
    good = count and count - len(errors)
    found = {"rows_total": count, "rows_seen": count, "good": good, "errors": errors}
    if good:
        found["state"] = State.CHECKED
    else:
        found |= {"state": State.REFUSED, "sealed": None}
    with transaction.atomic():
        if checking.update(ended_at=now, **found):
            leave_traces(judge.elsewhere, job, now)


def write_rows(*, job_id: int, now: datetime) -> None:
    """The rows that were found good; which have become impossible meanwhile are named too."""
    writing = RegisterImport.objects.filter(pk=job_id, state=State.WRITING)
    job = writing.select_related("county").first()
    if job is None:
        return
    count = 0
    for chunk in judge_of(job, now).judge_chunks(rows_of(job)):
        count += len(chunk)
        write_chunk(job_id=job_id, county=job.county, chunk=chunk, end=count, now=now)
    finish(job_id=job_id, now=now)


def judge_of(job: RegisterImport, now: datetime) -> Judge:
    return Judge(job.county, timezone.localdate(now))


def rows_of(job: RegisterImport) -> Iterable[SheetRow]:
    return read_sheet(BytesIO(open_bytes(bytes(job.sealed))))


def leave_traces(household_ids: Iterable[int], job: RegisterImport, now: datetime) -> None:
    """At households of other counties: the sheet has told whoever sent it that their numbers are
    registered."""
    kind = RegisterStep.Kind.TRIED
    RegisterStep.objects.bulk_create(
        RegisterStep(household_id=key, kind=kind, at=now, by_id=job.by_id) for key in household_ids
    )


@transaction.atomic
def write_chunk(
    *, job_id: int, county: Region, chunk: list[Judged], end: int, now: datetime
) -> None:
    """`end` rows are dealt with then; of two workers that come with the same ones, one writes."""
    held = RegisterImport.objects.select_for_update(no_key=True).defer("sealed")
    job = held.filter(pk=job_id, state=State.WRITING).first()
    if job is None or end <= job.rows_seen:
        return
    named = {row for row, _words in job.errors}
    left = [one for one in chunk if one.number not in named]
    good = [one for one in left if one.given]
    errors = [[one.number, one.words] for one in left if one.words]
    job.errors = sorted([*job.errors, *errors, *write_good(good, job, county, now)])
    job.rows_seen = end
    job.save(update_fields=["errors", "rows_seen"])


def write_good(good: list[Judged], job: RegisterImport, county: Region, now: datetime) -> Errors:
    """All at once, or, where somebody registers one of them at this moment, one by one. In the
    order of the digests, so that two sheets with the same numbers never wait for each other."""
    good.sort(key=lambda one: one.given.digest)
    try:
        with transaction.atomic():
            rows = [household_of(one.given, county, now) for one in good]
            write_beside(Household.objects.bulk_create(rows), good, job, now)
    except IntegrityError:
        return write_one_by_one(good, job, county, now)
    return []


def write_one_by_one(
    good: list[Judged], job: RegisterImport, county: Region, now: datetime
) -> Errors:
    errors = []
    for one in good:
        try:
            household = write_new(household_of(one.given, county, now))
        except RegisteredAlready as refusal:
            errors.append([one.number, refusal.words])
        else:
            write_beside([household], [one], job, now)
    return errors


def household_of(given: Given, county: Region, now: datetime) -> Household:
    return Household(
        code=draw_code(),
        county=county,
        township=given.township,
        registered_at=now,
        **sealed_fields(given.texts),
    )


def write_beside(
    households: list[Household], good: list[Judged], job: RegisterImport, now: datetime
) -> None:
    """As what each household is registered, and the step that says so."""
    Standing.objects.bulk_create(
        Standing(
            household=household,
            category=one.given.category,
            status=one.given.status,
            begins_on=one.given.begins_on,
        )
        for household, one in zip(households, good, strict=True)
    )
    kind = RegisterStep.Kind.REGISTERED
    RegisterStep.objects.bulk_create(
        RegisterStep(household=household, kind=kind, at=now, by_id=job.by_id)
        for household in households
    )


@transaction.atomic
def finish(*, job_id: int, now: datetime) -> None:
    """What was sent in is gone; how many were written, and which rows were not, stays."""
    held = RegisterImport.objects.select_for_update(no_key=True).defer("sealed")
    job = held.filter(pk=job_id, state=State.WRITING).first()
    if job is None:
        return
    job.good = job.rows_total - len(job.errors)
    job.state, job.ended_at, job.sealed = State.DONE, now, None
    job.save(update_fields=["good", "state", "ended_at", "sealed"])
