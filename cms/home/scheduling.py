"""Pages that appear and disappear at their time."""

from datetime import datetime

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.home.publishing import fault_of
from cms.stories.services import end_consents


def follow_schedule(*, now: datetime) -> None:
    """Publish what is due and end what has expired, by Wagtail's own command; and what rests on a
    consent that has ended.

    A page that may no longer be published when its time comes, as when somebody has withdrawn
    their consent, stays a draft and keeps no other from appearing.
    """
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("pk"):
        page = revision.as_object()
        if isinstance(page, Page) and fault_of(page):
            drop_schedule(revision=revision, page=page)
    end_consents(day=timezone.localdate(now))
    call_command("publish_scheduled")


@transaction.atomic
def drop_schedule(*, revision: Revision, page: Page) -> None:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=page, action="wagtail.schedule.cancel", revision=revision)
