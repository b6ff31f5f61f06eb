"""Where a visitor wants goods sent: chosen once, remembered in a cookie, never on cached pages."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "region"
DEFAULT_REGION = "110101"
ONE_YEAR = 365 * 24 * 3600
CODE = re.compile(r"[0-9]{6}(?:[0-9]{3})?")


def is_code(text: str) -> bool:
    """Whether it has the form of a region's code; not whether there is such a region."""
    return CODE.fullmatch(text) is not None


def chosen_region_code(request: HttpRequest) -> str:
    """What the visitor chose; empty when nothing was, or something that is no code."""
    code = request.COOKIES.get(COOKIE, "")
    return code if is_code(code) else ""


def region_code_of(request: HttpRequest) -> str:
    """The code of the district (or street) that the visitor chose, else the default district.

    reach_of() takes the code of no region for the default, too.
    """
    return chosen_region_code(request) or DEFAULT_REGION


def remember_region(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        COOKIE,
        code,
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
