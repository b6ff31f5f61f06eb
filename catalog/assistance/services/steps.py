"""What becomes of a record, kept with who, when and why, and told to whoever it waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from catalog.assistance.models import Evidence, Record, RecordStep
from catalog.assistance.notices import write_notices
from catalog.assistance.services.files import keep_files
from marketplace.accounts.models import User

MOST_REASON = 200


def write_step(
    record: Record, kind: RecordStep.Kind, by: User, now: datetime, reason: str = ""
) -> None:
    step = RecordStep.objects.create(record=record, kind=kind, at=now, by=by, reason=reason)
    write_notices(record=record, step=step)


def put_evidence(record: Record, evidence: Sequence[ContentFile], by: User, now: datetime) -> None:
    keep_files(lambda: Evidence(record=record, at=now, by=by), evidence)


def check_reason(reason: str) -> str:
    """Raises ValidationError for `reason`."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why, in a sentence.")})
    if len(reason) > MOST_REASON:
        words = _("At most %(count)s characters, please.") % {"count": MOST_REASON}
        raise ValidationError({"reason": words})
    return reason
