"""Making a file of a plan and a batch, in the worker."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.db.models import QuerySet
from django.utils import timezone

from marketplace.attempts import LOST_AFTER
from marketplace.reports.export_files import Values, sales_rows, write_csv, write_xlsx
from marketplace.reports.models import Export, SalesCell
from marketplace.reports.progress import Progress, Scope, read_progress

# So many rows between two signs of life, and so many in memory.
STRIDE = 500


def make_export(*, export_id: int) -> None:
    """Write the file, once: what is made already, or has failed, is left. What goes wrong is
    noted on the export, and raised."""
    making = Export.objects.filter(pk=export_id, state=Export.State.MAKING)
    export = making.select_related("plan", "batch", "county").first()
    if export is None:
        return
    try:
        make_file(export)
    except Exception:
        making.update(state=Export.State.FAILED, ended_at=timezone.now())
        raise


def fail_lost_exports(*, now: datetime) -> None:
    """Whoever waits for them is told to ask again."""
    lost = Export.objects.filter(state=Export.State.MAKING, begun_at__lt=now - LOST_AFTER)
    lost.update(state=Export.State.FAILED, ended_at=now)


def make_file(export: Export) -> None:
    scope = Scope(county=export.county_id)
    progress = read_progress(plan=export.plan, batch=export.batch, scope=scope)
    cells = cells_of(export)
    export.total = cells.count()
    export.save(update_fields=["total"])
    name = f"{export.plan.target_year}-{export.batch.number}-{export.pk}.{export.kind}"
    with NamedTemporaryFile(suffix=f".{export.kind}") as file:
        rows = counted(sales_rows(cells.iterator(STRIDE)), export)
        write(file.name, export.kind, progress, rows)
        with open(file.name, "rb") as made:
            export.file.save(name, File(made), save=False)
    export.state, export.ended_at = Export.State.READY, timezone.now()
    export.save(update_fields=["file", "state", "done", "ended_at"])


def write(path: str, kind: str, progress: Progress, rows: Iterable[Values]) -> None:
    if kind == Export.Kind.CSV:
        with open(path, "w", encoding="utf-8", newline="") as text:
            write_csv(text, progress, rows)
    else:
        with open(path, "wb") as book:
            write_xlsx(book, progress, rows)


def cells_of(export: Export) -> QuerySet[SalesCell]:
    """The batch's sales of the plan's year, with the names that a row has."""
    scope = {"county": export.county} if export.county else {}
    year = {"month__year": export.plan.target_year}
    cells = SalesCell.objects.of_batch(export.batch).filter(**year, **scope)
    order = ("month", "county", "cooperative", "specialty", "channel")
    return cells.select_related("county", "cooperative", "specialty").order_by(*order)


def counted(rows: Iterable[Values], export: Export) -> Iterator[Values]:
    """The same rows; the export's row says how far they are."""
    for number, row in enumerate(rows, start=1):
        yield row
        export.done = number
        if number % STRIDE == 0:
            Export.objects.filter(pk=export.pk).update(done=number)
