"""Taking in a sheet of prices and stock, and having it written once it was looked through."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.goods.tasks import hand_on
from marketplace.listings.models import ShelfImport
from marketplace.sheets import check_file

State = ShelfImport.State
LONGEST_NAME = 100


class NotToWrite(Exception):
    """It has been written, or refused, or is on its way already; nothing has changed."""

    @property
    def words(self) -> str:
        return _("Nothing was written: this sheet is no longer waiting for it.")


@transaction.atomic
def start_import(
    *, cooperative: Cooperative, file: BinaryIO, by: User, now: datetime
) -> ShelfImport:
    """Keep the file and have it looked through after the commit. Raises SheetRefused."""
    check_file(file)
    job = ShelfImport.objects.create(
        cooperative=cooperative, by=by, file=file, name=file.name[:LONGEST_NAME], begun_at=now
    )
    hand_on(job, get_language())
    return job


@transaction.atomic
def order_writing(*, job_id: int) -> ShelfImport:
    """Have what was looked through written, once. Raises NotToWrite."""
    job = ShelfImport.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state != State.CHECKED:
        raise NotToWrite
    job.state = State.WRITING
    job.save(update_fields=["state"])
    hand_on(job, get_language())
    return job
