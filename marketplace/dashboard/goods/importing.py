"""A sheet of prices and stock: looked through first, and written only whole.

Both run in the worker; the row of the import tells how far they are.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.dashboard.goods.services import change_goods
from marketplace.dashboard.goods.sheets import SheetRow, read_sheet
from marketplace.listings.models import ShelfImport
from marketplace.partner.models import StockRecord
from marketplace.partner.shelf import RowsRefused, Wanted, refuse
from marketplace.sheets import SheetRefused

State = ShelfImport.State
# So many rows between two signs of life.
STRIDE = 250


def look_through_sheet(*, job: ShelfImport, now: datetime) -> None:
    """The dry run: every row that cannot be written is named, none is written."""
    records = {
        record.partner_sku: record
        for record in StockRecord.objects.filter(partner__cooperative=job.cooperative_id)
    }
    try:
        with job.file.open("rb") as file:
            wanted, errors = sort_rows(job, read_sheet(file), records)
    except SheetRefused as refusal:
        wanted, errors = [], [[0, refusal.words]]
    found = {
        "rows_total": job.rows_seen,
        "rows_seen": job.rows_seen,
        "wanted": [] if errors else wanted,
        "errors": errors,
        "state": State.REFUSED if errors else State.CHECKED,
        "ended_at": now,
        "file": "",
    }
    # Another worker may have been faster, and whoever sent the sheet gone on with it.
    if ShelfImport.objects.filter(pk=job.pk, state=State.CHECKING).update(**found):
        job.file.delete(save=False)


def sort_rows(
    job: ShelfImport, rows: Iterable[SheetRow], records: dict[str, StockRecord]
) -> tuple[list[list], list[list]]:
    """Rows that change something as [row, stock record, price, stock]; others as [row, words]."""
    wanted, errors, seen = [], [], {}
    for count, row in enumerate(rows, start=1):
        words = row_problem(row, records, seen)
        record = records.get(row.code)
        if words:
            errors.append([row.number, words])
        elif is_new(row, record):
            price = None if row.price is None else str(row.price)
            wanted.append([row.number, record.pk, price, row.quantity])
        job.rows_seen = count
        if count % STRIDE == 0:
            ShelfImport.objects.filter(pk=job.pk).update(rows_seen=count)
    return wanted, errors


def row_problem(row: SheetRow, records: dict[str, StockRecord], seen: dict[str, int]) -> str:
    """Why the row cannot be written; `seen` are the rows of the numbers before it."""
    if row.words:
        return row.words
    if not row.code:
        return _("The number of the pack is missing.")
    if row.code not in records:
        return _("No pack of yours has the number “%(code)s”.") % {"code": row.code}
    if row.code in seen:
        return _("The number “%(code)s” stands in row %(row)s already.") % {
            "code": row.code,
            "row": seen[row.code],
        }
    seen[row.code] = row.number
    record = records[row.code]
    errors = refuse({record.pk: record}, record.pk, Wanted(row.price, row.quantity))
    return " ".join(errors.values())


def is_new(row: SheetRow, record: StockRecord) -> bool:
    now = (record.price, record.num_in_stock)
    return (
        row.price if row.price is not None else now[0],
        row.quantity if row.quantity is not None else now[1],
    ) != now


@transaction.atomic
def write_sheet_rows(*, job_id: int, now: datetime) -> None:
    """All rows or none: what has become impossible meanwhile is named, and nothing is written."""
    job = ShelfImport.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state != State.WRITING:
        return
    wanted = {
        key: Wanted(None if price is None else Decimal(price), quantity)
        for _row, key, price, quantity in job.wanted
    }
    try:
        with transaction.atomic():
            changed = change_goods(cooperative=job.cooperative, wanted=wanted, by=job.by, now=now)
        job.changed = len(changed)
        job.state = State.DONE
    except RowsRefused as refusal:
        job.state = State.REFUSED
        job.errors = [
            [row, " ".join(refusal.errors[key].values())]
            for row, key, _price, _quantity in job.wanted
            if key in refusal.errors
        ]
    job.wanted, job.ended_at = [], now
    job.save()
