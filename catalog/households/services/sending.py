"""Sending a sheet of households in, having its good rows written, or giving it up."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.households.models import RegisterImport
from catalog.households.refusals import RegisterRefused
from catalog.households.sealing import seal_bytes
from catalog.households.tasks import hand_on
from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.sheets import check_file

State = RegisterImport.State


class NotWaiting(RegisterRefused):
    @property
    def words(self) -> str:
        return _("Nothing has changed: this sheet is no longer waiting for it.")


@transaction.atomic
def start_import(*, county: Region, file: BinaryIO, by: User, now: datetime) -> RegisterImport:
    """Keep the file sealed and have it looked through after the commit. Raises SheetRefused."""
    check_file(file)
    file.seek(0)
    job = RegisterImport.objects.create(
        county=county, by=by, sealed=seal_bytes(file.read()), begun_at=now
    )
    hand_on(job, get_language())
    return job


@transaction.atomic
def order_writing(*, county: Region, job_id: int) -> None:
    """Have the good rows written, once. Raises NotWaiting."""
    job = hold_import(county, job_id, [State.CHECKED])
    job.state, job.rows_seen, job.ended_at = State.WRITING, 0, None
    job.save(update_fields=["state", "rows_seen", "ended_at"])
    hand_on(job, get_language())


@transaction.atomic
def give_up_import(*, county: Region, job_id: int, by: User, now: datetime) -> None:
    """The file goes; who sent it in and what was found stays, for a sheet that is looked through
    tells of every number in it whether it is registered. Raises NotWaiting once it is being
    written."""
    job = hold_import(county, job_id, [State.CHECKING, State.CHECKED])
    job.state, job.sealed = State.REFUSED, None
    job.given_up_by, job.ended_at = by, now
    job.save(update_fields=["state", "sealed", "given_up_by", "ended_at"])


def hold_import(county: Region, job_id: int, states: list[State]) -> RegisterImport:
    """Locked, if it is in one of the states."""
    held = RegisterImport.objects.select_for_update(no_key=True).defer("sealed")
    job = held.filter(county=county, pk=job_id, state__in=states).first()
    if job is None:
        raise NotWaiting
    return job
