"""Letters to whoever applied, one for each step that others took."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.producers.admission.models import Application, ApplicationStep
from marketplace.outbox.services import write_message


def write_notice(*, application: Application, step: ApplicationStep) -> None:
    """Nothing to somebody without an e-mail address: they see it when they sign in."""
    recipient = application.applicant.email
    if not recipient:
        return
    with override(settings.LANGUAGE_CODE):
        link = settings.SITE_URL + reverse("backoffice:application", args=[application.pk])
        context = {"application": application, "step": step, "link": link}
        write_message(
            event=f"application:{application.pk}:{step.pk}",
            recipient=recipient,
            subject=_("Your application: %(state)s") % {"state": step.get_state_display()},
            body=render_to_string("mail/application.txt", context),
        )
