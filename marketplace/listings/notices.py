"""Mails about the market's answer, kept in the outbox once per answer."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.listings.models import Proposal
from marketplace.outbox.services import write_message


def tell_answer(*, proposal: Proposal, reason: str = "") -> None:
    """Write to whoever sent it last, unless there is no address; `reason` when it was returned."""
    sent = proposal.steps.filter(state=Proposal.State.SUBMITTED).order_by("-pk").first()
    if sent is None or sent.by is None or not sent.by.email:
        return
    with override(settings.LANGUAGE_CODE):
        path = reverse("backoffice:proposal", args=[proposal.cooperative.slug, proposal.pk])
        subject = _("“%(title)s” is approved") if not reason else _("“%(title)s” was returned")
        context = {"title": proposal.title, "reason": reason, "link": settings.SITE_URL + path}
        body = render_to_string("mail/listing_answer.txt", context)
        write_message(
            event=f"listing_{proposal.state}:{proposal.pk}:{proposal.version}",
            recipient=sent.by.email,
            subject=subject % {"title": proposal.title},
            body=body,
        )
