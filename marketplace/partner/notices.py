"""Mails to the people of a cooperative about what the market did with its goods, each once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.models import Product, Withdrawal
from catalog.papers.models import Paper
from catalog.producers.models import Membership
from marketplace.outbox.services import write_message

WITHDRAWN, RESTORED, REPRICED = "good_withdrawn", "good_restored", "good_changed"
STRUCK = "good_paper"


def tell_withdrawal(*, withdrawal: Withdrawal, day: date) -> None:
    """That the good was taken off sale, or put back, and why."""
    is_back = withdrawal.restored_at is not None
    with override(settings.LANGUAGE_CODE):
        if is_back:
            subject = _("“%(title)s” may be sold again")
        else:
            subject = _("“%(title)s” was taken off sale")
        reason = withdrawal.restored_because if is_back else withdrawal.reason
        write_to_sellers(
            good=withdrawal.product,
            event=f"{RESTORED if is_back else WITHDRAWN}:{withdrawal.pk}",
            subject=subject,
            template="mail/good_withdrawn.txt",
            context={"reason": reason, "is_back": is_back},
            day=day,
        )


def tell_changes(*, good: Product, lines: Iterable[str], at: datetime, day: date) -> None:
    """That the market changed prices or stock; `lines` say which, from what to what."""
    with override(settings.LANGUAGE_CODE):
        write_to_sellers(
            good=good,
            event=f"{REPRICED}:{good.pk}:{at:%Y%m%d%H%M%S%f}",
            subject=_("The market changed “%(title)s”"),
            template="mail/good_changed.txt",
            context={"lines": list(lines)},
            day=day,
        )


def tell_paper(*, good: Product, paper: Paper, reason: str, at: datetime, day: date) -> None:
    """That the market took a paper of the good away, and why."""
    with override(settings.LANGUAGE_CODE):
        write_to_sellers(
            good=good,
            event=f"{STRUCK}:{good.pk}:{at:%Y%m%d%H%M%S%f}",
            subject=_("A paper of “%(title)s” was taken away"),
            template="mail/good_paper.txt",
            context={"paper": paper, "reason": reason},
            day=day,
        )


def write_to_sellers(
    *, good: Product, event: str, subject: str, template: str, context: dict, day: date
) -> None:
    """To owners and clerks who have an address."""
    path = reverse("backoffice:good", args=[good.cooperative.slug, good.pk])
    about = {"title": good.title, "link": settings.SITE_URL + path}
    body = render_to_string(template, about | context)
    for recipient in Membership.objects.mails_of_sellers(good.cooperative, day):
        write_message(
            event=event,
            recipient=recipient,
            subject=(subject % about)[:200],
            body=body,
        )
