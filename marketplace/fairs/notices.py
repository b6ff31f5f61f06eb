"""Mails to the people of a cooperative about its application and its booth, each once."""

from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.producers.models import Membership
from marketplace.fairs.models import Allotment, Exhibitor, ExhibitorStep, Fair
from marketplace.outbox.services import write_message


def tell_step(*, exhibitor: Exhibitor, step: ExhibitorStep) -> None:
    """What somebody else decided about the application."""
    with override(settings.LANGUAGE_CODE):
        about = {"fair": exhibitor.fair.name, "state": step.get_state_display()}
        write_to_sellers(
            exhibitor=exhibitor,
            event=f"exhibitor:{exhibitor.pk}:{step.pk}",
            subject=_("%(fair)s: %(state)s") % about,
            template="mail/exhibitor.txt",
            context={"step": step},
            day=timezone.localdate(step.at),
        )


def tell_hold(*, allotment: Allotment) -> None:
    """That a booth is held, and until when it has to be confirmed."""
    with override(settings.LANGUAGE_CODE):
        about = {"fair": allotment.fair.name, "number": allotment.booth.number}
        write_to_sellers(
            exhibitor=allotment.exhibitor,
            event=f"booth_held:{allotment.pk}",
            subject=_("%(fair)s: booth %(number)s is held for you") % about,
            template="mail/booth_held.txt",
            context={"allotment": allotment},
            day=timezone.localdate(allotment.made_at),
        )


def tell_release(*, allotment: Allotment) -> None:
    """That the booth is not theirs any more, and why."""
    with override(settings.LANGUAGE_CODE):
        about = {"fair": allotment.fair.name, "number": allotment.booth.number}
        write_to_sellers(
            exhibitor=allotment.exhibitor,
            event=f"booth_released:{allotment.pk}",
            subject=_("%(fair)s: booth %(number)s is no longer yours") % about,
            template="mail/booth_released.txt",
            context={"allotment": allotment},
            day=timezone.localdate(allotment.released_at),
        )


def tell_changed_fair(*, exhibitor: Exhibitor, fair: Fair, now: datetime) -> None:
    """That the fair has other days, hours or another place, and how it is now."""
    exhibitor.fair = fair
    with override(settings.LANGUAGE_CODE):
        write_to_sellers(
            exhibitor=exhibitor,
            event=f"exhibitor:{exhibitor.pk}:changed:{now:%Y%m%d%H%M%S}",
            subject=_("%(fair)s: another time or place") % {"fair": fair.name},
            template="mail/fair_changed.txt",
            context={},
            day=timezone.localdate(now),
        )


def write_to_sellers(
    *, exhibitor: Exhibitor, event: str, subject: str, template: str, context: dict, day: date
) -> None:
    """To owners and clerks who have an address; others see it when they sign in."""
    cooperative = exhibitor.cooperative
    path = reverse("backoffice:coop_fair", args=[cooperative.slug, exhibitor.fair_id])
    about = {"exhibitor": exhibitor, "fair": exhibitor.fair, "link": settings.SITE_URL + path}
    body = render_to_string(template, about | context)
    for recipient in Membership.objects.mails_of_sellers(cooperative, day):
        write_message(event=event, recipient=recipient, subject=subject[:200], body=body)
