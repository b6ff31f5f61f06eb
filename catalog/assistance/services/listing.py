"""Which households somebody means who names pseudonyms."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.assistance.services.locks import hold_households
from catalog.households.models import Household
from catalog.origins.models import Region

MOST_AT_ONCE = 5_000
NAMED = 10


def households_of(county: Region, codes: Iterable[str]) -> list[Household]:
    """The households in the order in which they are named, each once, and locked.

    Raises ValidationError for `codes`, which names those that cannot be meant.
    """
    wanted = list(dict.fromkeys(filter(None, (code.strip().upper() for code in codes))))
    if len(wanted) > MOST_AT_ONCE:
        words = _("At most %(count)s households at once.") % {"count": MOST_AT_ONCE}
        raise ValidationError({"codes": words})
    found = _by_code(wanted)
    wrong = [words for code in wanted if (words := _wrong(code, found.get(code), county))]
    if wrong:
        raise ValidationError({"codes": _shortened(wrong)})
    return [found[code] for code in wanted]


def _by_code(codes: list[str]) -> dict[str, Household]:
    keys = Household.objects.filter(code__in=codes).values_list("pk", flat=True)
    return {one.code: one for one in hold_households(list(keys))}


def _wrong(code: str, household: Household | None, county: Region) -> str:
    if household is None:
        return _("%(code)s: no household has this pseudonym.") % {"code": code[:20]}
    if household.county_id != county.pk:
        return _("%(code)s: this household is of another county.") % {"code": code}
    if household.erased_at:
        return _("%(code)s: the data of this household has been erased.") % {"code": code}
    return ""


def _shortened(wrong: list[str]) -> list[str]:
    more = len(wrong) - NAMED
    if more <= 0:
        return wrong
    words = ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more}
    return [*wrong[:NAMED], words]
