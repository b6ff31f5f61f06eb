"""A sheet of prices and stock: looked through first, and written only whole.

Both run in the worker; the row of the import tells how far they are.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
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
# Prices and stock of yesterday are not today's.
LIFE = timedelta(days=1)
UNDER_WAY = [State.CHECKING, State.CHECKED, State.WRITING]


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
    """Rows that change something as [row, stock record, and what is wanted of it, in the order of
    `Wanted`]; others as [row, words]."""
    wanted, errors, seen = [], [], {}
    for count, row in enumerate(rows, start=1):
        words = row_problem(row, records, seen)
        record = records.get(row.code)
        if words:
            errors.append([row.number, words])
        elif is_new(want := want_of(row, record), record):
            texts = (None if value is None else str(value) for value in want)
            wanted.append([row.number, record.pk, *texts])
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
    errors = refuse({record.pk: record}, record.pk, want_of(row, record))
    return " ".join(errors.values())


def want_of(row: SheetRow, record: StockRecord) -> Wanted:
    """What somebody changed in the row since it was taken out, or, where it does not say how it
    was, since now."""
    return Wanted(
        price=None if row.price == row.seen_price else row.price,
        quantity=None if row.quantity == row.seen_quantity else row.quantity,
        seen_price=record.price if row.seen_price is None else row.seen_price,
        seen_quantity=record.num_in_stock if row.seen_quantity is None else row.seen_quantity,
    )


def is_new(want: Wanted, record: StockRecord) -> bool:
    prices, numbers = (None, record.price), (None, record.num_in_stock)
    return want.price not in prices or want.quantity not in numbers


def wanted_in(texts: list[str | None]) -> Wanted:
    price, quantity, seen_price, seen_quantity = texts
    return Wanted(
        price=None if price is None else Decimal(price),
        quantity=None if quantity is None else int(quantity),
        seen_price=Decimal(seen_price),
        seen_quantity=int(seen_quantity),
    )


@transaction.atomic
def write_sheet_rows(*, job_id: int, now: datetime) -> None:
    """All rows or none: what has become impossible meanwhile is named, and nothing is written."""
    job = ShelfImport.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state != State.WRITING:
        return
    wanted = {key: wanted_in(texts) for _row, key, *texts in job.wanted}
    try:
        with transaction.atomic():
            changed = change_goods(cooperative=job.cooperative, wanted=wanted, by=job.by, now=now)
        job.changed = len(changed)
        job.state = State.DONE
    except RowsRefused as refusal:
        job.state = State.REFUSED
        job.errors = [
            [row, " ".join(refusal.errors[key].values())]
            for row, key, *_texts in job.wanted
            if key in refusal.errors
        ]
    job.wanted, job.ended_at = [], now
    job.save()


def drop_old_sheets(*, now: datetime) -> None:
    words = _("The sheet was a day old and is dropped. Please take out a new one.")
    found = {"state": State.REFUSED, "errors": [[0, words]], "wanted": []}
    old = ShelfImport.objects.filter(state__in=UNDER_WAY, begun_at__lt=now - LIFE)
    for job in old.defer("wanted", "errors").order_by("pk"):
        # One that is being written at this moment is waited for, and is done then.
        if old.filter(pk=job.pk).update(ended_at=now, file="", **found) and job.file:
            job.file.delete(save=False)
