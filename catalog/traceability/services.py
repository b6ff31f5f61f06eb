"""Writing lots: recorded as held, their events added and never changed, their papers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.papers.models import Paper
from catalog.papers.services import Details, save_with_file, write_paper
from catalog.traceability.models import CODE, Lot, LotEvent, LotPaper
from marketplace.accounts.models import User

Kind = LotEvent.Kind
MOST_PACKS = 1_000_000
# With which event a lot begins, by the good's legal regime; it carries the lot's day.
BEGINNINGS = {"fresh_produce": Kind.HARVEST, "meat": Kind.SLAUGHTER}


class PaperFacts(NamedTuple):
    """A paper as it is typed; `valid_until` is its last day, None without end."""

    kind: str
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None


class EventFacts(NamedTuple):
    kind: str
    on: date
    place: str
    title: str
    detail: str = ""


class LotFacts(NamedTuple):
    """A lot as it is typed; quantity in packs."""

    code: str
    produced_on: date
    quantity: int
    place: str


def beginning_of(product: Product) -> LotEvent.Kind:
    return BEGINNINGS.get(product.product_class.slug, Kind.PROCESSING)


def propose_code(*, product: Product, day: date) -> str:
    """A code that nobody uses yet: the good's number and the day, told apart by a number."""
    stem = f"{product.upc or f'G{product.pk}'}-{day:%y%m%d}"[:21].upper()
    taken = set(Lot.objects.filter(code__startswith=stem).values_list("code", flat=True))
    free = (code for n in range(1, 100) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)
    return next(free, "")


@transaction.atomic
def record_lot(
    *,
    product: Product,
    facts: LotFacts,
    papers: Iterable[PaperFacts] = (),
    by: User,
    now: datetime,
    today: date,
) -> Lot:
    """Keep a new lot as held, with the event that it began with and the papers at hand.

    Raises ValidationError by field, a paper's with its kind in front.
    """
    check_day(facts.produced_on, today, "produced_on")
    if not 0 < facts.quantity <= MOST_PACKS:
        raise ValidationError({"quantity": _("At least one pack, at most a million.")})
    lot = write_lot(product, facts, by)
    begins = EventFacts(
        beginning_of(product), facts.produced_on, facts.place, beginning_of(product).label
    )
    write_event(lot, begins, by, now)
    for paper in papers:
        try:
            put_paper(lot, paper)
        except ValidationError as error:
            wrong = {f"{paper.kind}-{name}": said for name, said in error.message_dict.items()}
            raise ValidationError(wrong) from error
    return lot


def write_lot(product: Product, facts: LotFacts, by: User) -> Lot:
    """Raises ValidationError for a code that cannot be or is another lot's."""
    try:
        CODE(facts.code)
    except ValidationError as error:
        raise ValidationError({"code": error.messages}) from error
    try:
        with transaction.atomic():
            return Lot.objects.create(product=product, recorded_by=by, **facts._asdict())
    except IntegrityError as error:
        taken = _("Another lot has this code. Codes are never used twice.")
        raise ValidationError({"code": taken}) from error


@transaction.atomic
def add_event(
    *,
    lot_id: int,
    facts: EventFacts,
    corrects: int | None = None,
    by: User,
    now: datetime,
    today: date,
) -> LotEvent:
    """Add what happened; `corrects` is the event that this one is to be read instead of.

    Raises ValidationError by field, also when the day does not fit what came before and after.
    """
    lot = Lot.objects.hold([lot_id])[lot_id]
    standing = list(lot.events.current())
    wrong = next((event for event in standing if event.pk == corrects), None)
    if corrects is not None and wrong is None:
        raise ValidationError(
            {"corrects": _("This event was corrected meanwhile. Look at the lot once more.")}
        )
    check_day(facts.on, today, "on")
    check_order(facts, [event for event in standing if event is not wrong])
    return write_event(lot, facts, by, now, wrong)


def write_event(
    lot: Lot, facts: EventFacts, by: User, now: datetime, corrects: LotEvent | None = None
) -> LotEvent:
    return LotEvent.objects.create(
        lot=lot, corrects=corrects, recorded_by=by, recorded_at=now, **facts._asdict()
    )


def check_day(day: date, today: date, field: str) -> None:
    if day > today:
        raise ValidationError({field: _("That day is still to come.")})


def check_order(facts: EventFacts, others: Iterable[LotEvent]) -> None:
    """A later stage does not begin before an earlier one has, as packing before the harvest."""
    stage = LotEvent.STAGES.get(Kind(facts.kind))
    if stage is None:
        return
    known = [(LotEvent.STAGES[Kind(e.kind)], e) for e in others if e.kind != Kind.INSPECTION]
    before = min((e for s, e in known if s < stage), key=lambda e: e.on, default=None)
    after = max((e for s, e in known if s > stage), key=lambda e: e.on, default=None)
    if before is not None and facts.on < before.on:
        words = _("“%(other)s” was on %(day)s: this cannot be earlier.")
        raise ValidationError({"on": words % {"other": before.kind_label, "day": before.on}})
    if after is not None and facts.on > after.on:
        words = _("“%(other)s” was on %(day)s: this cannot be later.")
        raise ValidationError({"on": words % {"other": after.kind_label, "day": after.on}})


def put_paper(lot: Lot, facts: PaperFacts, file: ContentFile | None = None) -> Paper:
    """Put a paper to the lot. One paper may cover several lots of the same producer, as a
    quarantine certificate covers all that was cut from one slaughter.

    Raises ValidationError by field.
    """
    maker = lot.product.cooperative
    ours = Paper.objects.filter(lotpaper__lot__product__cooperative=maker)
    paper = ours.filter(**facts._asdict()).first()
    if paper is None:
        details = Details(holder=maker.name, **facts._asdict())
        paper = write_paper(details=details, held=ours, file=file)
    _link, created = LotPaper.objects.get_or_create(lot=lot, paper=paper)
    if not created:
        raise ValidationError({"number": _("This paper is with the lot already.")})
    if file and not paper.file:
        save_with_file(paper, file)
    return paper


@transaction.atomic
def attach_file(*, lot_id: int, paper_id: int, file: ContentFile) -> None:
    """The photo or PDF of a paper that came without one. Raises ValidationError when there is one:
    what was looked at is not exchanged."""
    lot = Lot.objects.hold([lot_id])[lot_id]
    paper = lot.papers.select_for_update(no_key=True, of=("self",)).get(pk=paper_id)
    if paper.file:
        raise ValidationError({"file": _("The photo of this paper is here already.")})
    save_with_file(paper, file)
