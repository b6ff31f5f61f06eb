"""Writing papers: what is on them, and the file."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.papers.models import Paper
from catalog.papers.querysets import PaperQuerySet

OVERLAP = gettext_lazy(
    "This number is here already, valid %(from)s to %(until)s. A renewed paper begins after that."
)


class Details(NamedTuple):
    """What is printed on a paper; no `valid_until`: without end."""

    kind: str
    number: str
    issuer: str
    holder: str
    valid_from: date
    valid_until: date | None


@transaction.atomic
def write_paper(*, details: Details, held: PaperQuerySet, file: ContentFile | None = None) -> Paper:
    """Keep a paper with its file. Raises ValidationError by field of Details.

    `held` are those of whoever it is for. The caller has locked their row, so that nobody adds an
    overlapping one at the same moment.
    """
    check_details(details, held)
    paper = Paper(**details._asdict())
    if file is None:
        paper.save()
    else:
        save_with_file(paper, file)
    return paper


def save_with_file(row: Model, file: ContentFile) -> None:
    """Save the row with its `file`, which does not stay in the store when the row does not."""
    row.file.save(file.name, file, save=False)
    try:
        row.save()
    except Exception:
        row.file.delete(save=False)
        raise


def check_details(details: Details, held: PaperQuerySet) -> None:
    if details.valid_until and details.valid_until < details.valid_from:
        raise ValidationError({"valid_until": _("It cannot end before it begins.")})
    same = held.filter(kind=details.kind, number=details.number)
    other = same.overlapping(begins=details.valid_from, ends=details.valid_until).first()
    if other:
        raise number_taken(other)


def number_taken(other: Model) -> ValidationError:
    """What is refused because `other`, a row with days, has the number in the same days."""
    until = date_format(other.valid_until) if other.valid_until else _("without end")
    days = {"from": date_format(other.valid_from), "until": until}
    return ValidationError({"number": OVERLAP % days})


@transaction.atomic
def erase_paper(*, paper: Paper) -> None:
    """Take the paper away, its file after the commit."""
    file = paper.file
    paper.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
