"""Warning a cooperative before its parcels are late."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.producers.models import Cooperative, Membership
from marketplace.order.models import Consignment
from marketplace.order.states import State
from marketplace.outbox.services import write_message

EVENT = "parcels_due"


def warn_of_late(*, now: datetime) -> int:
    """From LATE_WARNING_HOUR on, tell owners and clerks of parcels that must leave today.

    One mail a day for each person, however often this runs; returns how many cooperatives have
    such parcels. What is late already stands on the list of the day and is not repeated by mail.
    """
    local = timezone.localtime(now)
    if local.hour < settings.LATE_WARNING_HOUR:
        return 0
    due = list(due_on(local.date()))
    for cooperative in due:
        tell(cooperative, local.date())
    return len(due)


def due_on(day: date) -> Iterable[Cooperative]:
    """Cooperatives with parcels of that day still in the house, and how many: to_pack, to_send."""
    parcels = Consignment.objects.in_the_house().filter(dispatch_on=day)
    counts = (
        parcels.order_by()
        .values_list("partner__cooperative")
        .annotate(
            to_pack=Count("pk", filter=Q(state=State.PAID)),
            to_send=Count("pk", filter=Q(state=State.PACKED)),
        )
    )
    numbers = {key: (to_pack, to_send) for key, to_pack, to_send in counts}
    for cooperative in Cooperative.objects.filter(pk__in=numbers).order_by("pk"):
        cooperative.to_pack, cooperative.to_send = numbers[cooperative.pk]
        yield cooperative


def tell(cooperative: Cooperative, day: date) -> None:
    with override(settings.LANGUAGE_CODE):
        link = settings.SITE_URL + reverse("backoffice:today", args=[cooperative.slug])
        body = render_to_string(
            "mail/parcels_due.txt", {"cooperative": cooperative, "day": day, "link": link}
        )
        words = _("%(cooperative)s: parcels must leave today")
        subject = words % {"cooperative": cooperative.short_name}
    for recipient in Membership.objects.mails_of_sellers(cooperative, day):
        event = f"{EVENT}:{cooperative.slug}:{day}"
        write_message(event=event, recipient=recipient, subject=subject, body=body)
