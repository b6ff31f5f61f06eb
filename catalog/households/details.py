"""What is written about a household: brought into one form, then judged field by field.

The words of a refusal repeat nothing of what was written, as they are kept with an import.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.households.id_numbers import check_id_number
from catalog.origins.models import Region
from marketplace.accounts.mobile import normalise_mobile
from marketplace.accounts.models import MOBILE

LONGEST_NAME, LONGEST_ADDRESS = 40, 200
SHORTEST_REASON, LONGEST_REASON = 4, 200
# Letters of any script, the dot and the spaces within names, and nothing else.
NAME = re.compile(r"[^\W\d_]+(?:[ ·•・‧'’-][^\W\d_]+)*")
NO_SIGN = re.compile(r"[\s\-]+")
LONG_NUMBER = re.compile(r"[0-9]{11}")


def clean_details(given: Mapping[str, str], day: date) -> dict[str, str]:
    """Those of name, id_number, phone and address that were given, in the form in which they are
    kept. Raises ValidationError by field."""
    cleaned, wrong = {}, {}
    for field, text in given.items():
        try:
            cleaned[field] = CLEANERS[field](text, day)
        except ValidationError as refusal:
            wrong[field] = refusal.messages
    if wrong:
        raise ValidationError(wrong)
    return cleaned


def half_width(text: str) -> str:
    """Letters and digits of a Chinese keyboard as the plain ones; spaces around go."""
    return unicodedata.normalize("NFKC", text).strip()


def clean_name(text: str, _day: date) -> str:
    name = " ".join(half_width(text).split())
    if len(name) < 2:
        raise ValidationError(_("The householder's name is missing."))
    if len(name) > LONGEST_NAME:
        raise ValidationError(_("A name has at most %(most)s signs.") % {"most": LONGEST_NAME})
    if not NAME.fullmatch(name):
        raise ValidationError(_("A name has letters only, no digits."))
    return name


def clean_id_number(text: str, day: date) -> str:
    number = normalise_id_number(text)
    if not number:
        raise ValidationError(_("The ID number is missing."))
    check_id_number(number, day)
    return number


def normalise_id_number(text: str) -> str:
    return NO_SIGN.sub("", half_width(text)).upper()


def clean_phone(text: str, _day: date) -> str:
    """Eleven digits, or nothing: not every household has one."""
    phone = normalise_mobile(half_width(text))
    if phone:
        MOBILE(phone)
    return phone


def clean_address(text: str, _day: date) -> str:
    address = " ".join(half_width(text).split())
    if len(address) > LONGEST_ADDRESS:
        most = {"most": LONGEST_ADDRESS}
        raise ValidationError(_("An address has at most %(most)s signs.") % most)
    return address


CLEANERS: Mapping[str, Callable[[str, date], str]] = {
    "name": clean_name,
    "id_number": clean_id_number,
    "phone": clean_phone,
    "address": clean_address,
}


def check_township(township: Region | None, county: Region) -> None:
    """Raises ValidationError."""
    if township is not None and township.parent_id != county.pk:
        raise ValidationError({"township": _("This township is not one of the county.")})


def check_reason(reason: str, known: Mapping[str, str] | None = None) -> str:
    """The reason as it is kept. It lies open, so that it may not tell what is sealed: `known` are
    the household's own texts. Raises ValidationError."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": _("Say why, in a few words: the reason is kept and can be read later.")}
        )
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            {"reason": _("A reason has at most %(most)s signs.") % {"most": LONGEST_REASON}}
        )
    plain = NO_SIGN.sub("", half_width(reason)).upper()
    if LONG_NUMBER.search(plain) or any(
        text and NO_SIGN.sub("", text).upper() in plain for text in (known or {}).values()
    ):
        raise ValidationError(
            {"reason": _("Leave name, number and address out of the reason: it is kept openly.")}
        )
    return reason
