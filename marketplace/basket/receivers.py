"""Signing in brings along what was put in the basket before."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.basket.services import find_basket
from marketplace.basket.visitor import visitor_of


@receiver(user_logged_in)
def bring_basket_along(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The cookie stays: a basket that is ordered just now leaves its saved goods behind it."""
    visitor = visitor_of(request)
    if visitor.guest_id is not None:
        find_basket(visitor=visitor)
