"""Who may enter the back office, and through which doors."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from marketplace.accounts.models import User
from marketplace.accounts.roles import is_operator
from marketplace.dashboard.listing import NoSuchPage
from marketplace.errors import page_not_found, permission_denied

View = Callable[..., HttpResponse]


class Door(NamedTuple):
    """A room of the back office: its address by name, its sign, what it is called and for."""

    name: str
    icon: str
    label: str
    text: str

    @property
    def url(self) -> str:
        return reverse(f"backoffice:{self.name}")


def doors_of(user: User, day: date) -> list[Door]:
    """The rooms that the person may enter that day; none for most people."""
    if not is_operator(user, day):
        return []
    return [
        Door("orders", "clipboard-list", _("Orders"), _("Find, read, refund, cancel, print")),
        Door("payments", "wallet", _("Payments"), _("What to decide, refunds, Stripe's side")),
        Door("messages", "mail", _("Messages"), _("What was written to whom, and was it sent")),
        Door("delivery", "truck", _("Delivery"), _("What a parcel costs, and where it goes")),
        Door("offers", "ticket-percent", _("Offers"), _("Vouchers and offers: make, watch, end")),
        Door("stock", "boxes", _("Stock"), _("How many packs there are, and how many are free")),
    ]


def operators_only(view: View) -> View:
    """Sign in first, be an operator today, and let no cache keep what you see or do not see.

    The view finds its doors in `request.doors`. A page of a list that is not there leads to the
    nearest one that is.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_anonymous:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        request.doors = doors_of(request.user, timezone.localdate())
        if not request.doors:
            return permission_denied(request, None)
        try:
            return view(request, *args, **kwargs)
        except NoSuchPage as missing:
            return redirect(missing.address)
        except Http404 as error:
            return page_not_found(request, error)

    return guarded
