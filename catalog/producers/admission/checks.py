"""What an application must say before it may be handed in."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.papers.models import Paper
from catalog.producers.admission.models import AdmissionCounty, Application
from catalog.producers.admission.states import UNDER_WAY
from marketplace.accounts.models import MOBILE

REQUIRED = (
    "kind",
    "name",
    "township",
    "specialty",
    "summary",
    "benefit_text",
    "contact_name",
    "contact_mobile",
)
# GB 32100-2015: 18 signs, the last one checks the others.
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE = re.compile(f"[{SIGNS}]{{18}}")
PAPERS = "papers"


def is_credit_code(code: str) -> bool:
    """Whether the number could be that of a business."""
    if not CREDIT_CODE.fullmatch(code):
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return SIGNS[-total % 31] == code[17]


def missing_of(application: Application, day: date) -> dict[str, str]:
    """By field, what still has to be filled in or put right; empty when it may be handed in."""
    missing = {
        name: _("This is still missing.") for name in REQUIRED if not _value(application, name)
    }
    return missing | _wrong(application, day)


def _value(application: Application, name: str) -> object:
    value = getattr(application, "township_id" if name == "township" else name)
    return value.strip() if isinstance(value, str) else value


def _wrong(application: Application, day: date) -> dict[str, str]:
    wrong = {}
    if application.contact_mobile and not MOBILE.regex.fullmatch(application.contact_mobile):
        wrong["contact_mobile"] = str(MOBILE.message)
    if application.county_id and not is_listed(application.county_id, day):
        wrong["township"] = _("This county may not recommend producers today.")
    if application.name and is_taken(application):
        wrong["name"] = _("A business of this name is here already, or has applied.")
    if not application.is_individual and application.kind:
        wrong |= _business_wrong(application, day)
    return wrong


def _business_wrong(application: Application, day: date) -> dict[str, str]:
    wrong = {}
    if not is_credit_code(application.credit_code):
        wrong["credit_code"] = _("The code has 18 digits and letters, as on the business licence.")
    held = application.papers.valid_on(day).filter(kind=Paper.Kind.BUSINESS_LICENCE)
    if not held.exists():
        wrong[PAPERS] = _("A valid business licence is missing: add it with a photo or PDF.")
    return wrong


def is_listed(county_id: str, day: date) -> bool:
    return AdmissionCounty.objects.in_force(day).filter(region=county_id).exists()


def is_taken(application: Application) -> bool:
    """By a business that sells here, or by another application that is under way."""
    others = Application.objects.filter(name=application.name, state__in=UNDER_WAY)
    businesses = Application._meta.get_field("cooperative").related_model.objects
    named = businesses.filter(name=application.name)
    return others.exclude(pk=application.pk).exists() or named.exists()


def check_complete(application: Application, day: date) -> None:
    """Raises ValidationError by field."""
    missing = missing_of(application, day)
    if missing:
        raise ValidationError(missing)
