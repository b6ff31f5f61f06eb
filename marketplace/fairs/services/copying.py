"""A new fair with the structure of an earlier one."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models, transaction

from marketplace.fairs.models import (
    Booth,
    CountyQuota,
    Fair,
    FairOrganisation,
    Question,
    Reviewer,
    Session,
    Zone,
)

# Of the fair itself; what belongs to one year (permit, deadline, state) is asked for anew.
SAME = (
    "theme",
    "theme_en",
    "opens_at",
    "closes_at",
    "last_closes_at",
    "venue",
    "venue_en",
    "region_id",
    "address",
    "address_en",
    "transport",
    "transport_en",
    "latitude",
    "longitude",
    "expected_visitors",
)
PARTS = (FairOrganisation, CountyQuota, Question, Reviewer)


@transaction.atomic
def copy_fair(*, fair: Fair, name: str, name_en: str, begins_on: date) -> Fair:
    """A draft that begins on that day and lasts as long: its hosts, zones, booths, quotas,
    questions, reviewers and programme, but nobody who exhibited or came."""
    later = begins_on - fair.begins_on
    new = Fair.objects.create(
        name=name,
        name_en=name_en,
        begins_on=begins_on,
        ends_on=fair.ends_on + later,
        **{field: getattr(fair, field) for field in SAME},
    )
    for part in PARTS:
        copy_rows(part.objects.filter(fair=fair).order_by("pk"), fair=new)
    copy_booths(fair, new)
    copy_sessions(fair, new, later)
    return new


def copy_rows(rows: Iterable[models.Model], **changed: object) -> None:
    for row in rows:
        copy_row(row, **changed)


def copy_row(row: models.Model, **changed: object) -> models.Model:
    """`row` becomes the copy."""
    row.pk, row._state.adding = None, True
    for field, value in changed.items():
        setattr(row, field, value)
    row.save()
    return row


def copy_booths(fair: Fair, new: Fair) -> None:
    for zone in Zone.objects.filter(fair=fair).order_by("pk"):
        booths = list(Booth.objects.filter(zone=zone).order_by("pk"))
        copied = copy_row(zone, fair=new)
        copy_rows(booths, fair=new, zone=copied)


def copy_sessions(fair: Fair, new: Fair, later: timedelta) -> None:
    for session in Session.objects.filter(fair=fair).order_by("pk"):
        copy_row(
            session,
            fair=new,
            begins_at=session.begins_at + later,
            ends_at=session.ends_at + later,
            taken=0,
        )
