"""What others have to do, and somebody should keep an eye on: late parcels, papers that run out."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.origins.models import Region
from marketplace.dashboard.decisions import Decision
from marketplace.dashboard.orders.querysets import LATE
from marketplace.dashboard.overview import papers
from marketplace.dashboard.overview.jobs import Job
from marketplace.dashboard.overview.words import ends_words
from marketplace.dashboard.papers.querysets import ENDED, ENDING
from marketplace.order.models import Consignment

AT_MOST = 8


def read_watch(now: datetime) -> list[Decision]:
    """Of the whole market; only what there is something of."""
    today = timezone.localdate(now)
    return [*late_parcels(today), *papers_running_out(papers.of_everybody(today), today)]


def late_parcels(today: date) -> list[Decision]:
    late = Consignment.objects.late_on(today).order_by()
    found = late.aggregate(count=Count("pk"), first=Min("dispatch_on"))
    if not found["count"]:
        return []
    days = (today - found["first"]).days
    age = ngettext("The oldest is %(count)s day late", "The oldest is %(count)s days late", days)
    text = _("Should have left; the cooperative was warned before")
    url = f"{reverse('backoffice:orders')}?state={LATE}"
    label = _("Late parcels")
    return [Decision("truck", found["count"], label, text, url, age % {"count": days})]


def papers_running_out(held: Sequence[papers.Held], today: date) -> list[Decision]:
    if not held:
        return []
    first = held[0]
    label, text = _("Papers that run out"), _("Ended lately or within 30 days, and not renewed")
    age = f"{first.name}: {ends_words(first.last, today)}"
    url = f"{reverse('backoffice:all_papers')}?state={room_of(first, today)}"
    return [Decision("file-clock", len(held), label, text, url, age)]


def read_countys_papers(county: Region, today: date) -> list[Job]:
    """Of its producers, the first to end first."""
    room = reverse("backoffice:county_papers", args=[county.pk])
    return [
        Job(
            "file-clock",
            f"{one.name} · {one.kind_label}",
            f"{ends_words(one.last, today)} · {one.number}",
            f"{room}?state={room_of(one, today)}",
        )
        for one in papers.of_county(county.pk, today)[:AT_MOST]
    ]


def room_of(one: papers.Held, today: date) -> str:
    return ENDED if one.last < today else ENDING
