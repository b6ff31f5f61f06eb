"""Words that several parts of the first pages need."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def name_of(title: str | None, title_en: str | None) -> str:
    """Of a row of values, as `localised` says it of a model."""
    if title is None:
        return _("No longer in the catalogue")
    return title_en or title if get_language() == "en" else title


def ends_words(last: date, day: date) -> str:
    left = (last - day).days
    if left < 0:
        words = ngettext("ended %(count)s day ago", "ended %(count)s days ago", -left)
        return words % {"count": -left}
    if not left:
        return _("ends tonight")
    return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}


def waits_words(since: datetime, now: datetime) -> str:
    """How long the oldest of several things has waited, in days of Beijing."""
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    if days <= 0:
        return _("Since today")
    words = ngettext("The oldest waits %(count)s day", "The oldest waits %(count)s days", days)
    return words % {"count": days}


def packs_words(packs: int) -> str:
    return ngettext("%(count)s pack", "%(count)s packs", packs) % {"count": packs}
