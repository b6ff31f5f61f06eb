"""Letters about records: to the county when one waits, to the cooperative when it has decided.

A letter names the record and the step; no household, no amount, and not the reason: that is free
text, and may say who somebody is. It is read behind the link, by those who may.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.assistance.models import Record, RecordStep
from catalog.producers.models import Membership
from marketplace.accounts.models import Posting
from marketplace.outbox.services import write_message

MONEY = (Membership.Role.OWNER, Membership.Role.ACCOUNTANT)


def write_notices(*, record: Record, step: RecordStep) -> None:
    """One for everybody concerned who has an e-mail address; others see it when they sign in."""
    county = record.agreement.county
    day = timezone.localdate(step.at)
    if step.kind == RecordStep.Kind.SUBMITTED:
        place = reverse("backoffice:county_record", args=[county.pk, record.number])
        recipients = Posting.objects.mails_of_confirmers(county, day)
    else:
        place = reverse("backoffice:coop_record", args=[record.cooperative.slug, record.number])
        recipients = Membership.objects.mails_of(record.cooperative, MONEY, day)
    with override(settings.LANGUAGE_CODE):
        context = {"record": record, "step": step, "link": settings.SITE_URL + place}
        subject = _("Benefit record %(number)s: %(step)s") % {
            "number": record.number,
            "step": step.kind_label,
        }
        body = render_to_string("mail/benefit_record.txt", context)
    for recipient in recipients:
        write_message(
            event=f"benefit_record:{record.pk}:{step.pk}",
            recipient=recipient,
            subject=subject,
            body=body,
        )
