"""Whose basket it is: a user's, or a guest's behind a signed cookie.

The cookie is made only when something is put in the basket; pages that merely show goods
never look for it. Its name ends with the key of the guest's first basket: when two first adds
cross, before the browser has any cookie, both cookies stay and both baskets are found.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from marketplace.basket.models import Basket

COOKIE = "basket-"
SALT = "basket.guest"
SIXTY_DAYS = 60 * 24 * 3600


@dataclass(frozen=True)
class Visitor:
    """A user, a guest by their first basket's key, or both; `other_ids` when adds have crossed."""

    user_id: int | None
    guest_id: int | None
    other_ids: tuple[int, ...] = ()

    @property
    def guest_ids(self) -> list[int]:
        return [] if self.guest_id is None else [self.guest_id, *self.other_ids]

    @property
    def is_unknown(self) -> bool:
        return self.user_id is None and self.guest_id is None


def visitor_of(request: HttpRequest) -> Visitor:
    """The visitor of a request; a cookie that was tampered with counts as none."""
    found = (read_cookie(request, name) for name in request.COOKIES if name.startswith(COOKIE))
    first, *others = sorted(key for key in found if key is not None) or [None]
    return Visitor(user_id=request.user.pk, guest_id=first, other_ids=tuple(others))


def read_cookie(request: HttpRequest, name: str) -> int | None:
    signed = request.get_signed_cookie(name, default="", salt=SALT, max_age=SIXTY_DAYS)
    return int(signed) if signed else None


def remember(response: HttpResponse, basket: Basket) -> None:
    """Let a guest find the basket again, and those that follow it; a user needs no cookie."""
    if basket.owner_id is None:
        response.set_signed_cookie(
            f"{COOKIE}{basket.guest_id}",
            basket.guest_id,
            salt=SALT,
            max_age=SIXTY_DAYS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
