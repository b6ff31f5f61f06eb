"""Citizens' ID numbers after GB 11643-1999: six digits of a region, eight of the day of birth,
three of an order, and one that checks the others."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FORM = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
FIRST_BIRTH = date(1900, 1, 1)


def check_digit(body: str) -> str:
    """Of the first seventeen digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def check_id_number(number: str, day: date) -> None:
    """Raises ValidationError, whose words repeat no part of the number."""
    if not FORM.fullmatch(number):
        raise ValidationError(_("An ID number has 17 digits and, at the end, a digit or X."))
    if check_digit(number[:17]) != number[17]:
        raise ValidationError(_("The ID number is mistyped: its last digit does not fit the rest."))
    born = day_of_birth(number)
    if born is None or born < FIRST_BIRTH:
        raise ValidationError(_("The day of birth in the ID number does not exist."))
    if born > day:
        raise ValidationError(_("The day of birth in the ID number lies in the future."))


def day_of_birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
