"""Who may enter the back office, at which desk, and through which doors.

Every address below /dashboard/ is guarded by one of `operators_only`, `confirmers_only`,
`members_only`, `applicants_only` and `signed_in_only`. Whoever is not signed in signs in first; no
cache keeps what one sees or does not see; a page of a list that is not there leads to the nearest
one that is.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from catalog.producers.models import Application, Membership
from marketplace.accounts.models import Posting
from marketplace.accounts.roles import is_operator
from marketplace.dashboard.desks import (
    applicants_desk,
    cooperatives_desk,
    countys_desk,
    operators_desk,
)
from marketplace.dashboard.listing import NoSuchPage
from marketplace.errors import page_not_found, permission_denied

View = Callable[..., HttpResponse]
Enter = Callable[[HttpRequest, dict], None]


def guarded(enter: Enter) -> Callable[[View], View]:
    """`enter` seats the person: it puts a desk into `request.desk` and what the view is about in
    place of the address's words, or raises Http404 or PermissionDenied."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def inner(request: HttpRequest, **kwargs: object) -> HttpResponse:
            if request.user.is_anonymous:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            try:
                enter(request, kwargs)
                return view(request, **kwargs)
            except NoSuchPage as missing:
                return redirect(missing.address)
            except Http404 as error:
                return page_not_found(request, error)
            except PermissionDenied as error:
                return permission_denied(request, error)

        return inner

    return decorate


def enter_as_operator(request: HttpRequest, _kwargs: dict) -> None:
    if not is_operator(request.user, timezone.localdate()):
        raise PermissionDenied
    request.desk = operators_desk()


def enter_as_confirmer(request: HttpRequest, kwargs: dict) -> None:
    """The address's `county` becomes the Region for which the person holds a post today."""
    posts = request.user.postings.in_force(timezone.localdate())
    post = posts.filter(role=Posting.Role.COUNTY_CONFIRMER, region__code=kwargs["county"]).first()
    if post is None:
        raise Http404
    request.desk, kwargs["county"] = countys_desk(post.region), post.region


def enter_as_member(roles: tuple[Membership.Role, ...]) -> Enter:
    def enter(request: HttpRequest, kwargs: dict) -> None:
        """The address's `cooperative` becomes the Cooperative that the person acts for today;
        others do not learn that it is there."""
        memberships = request.user.memberships.in_force(timezone.localdate())
        membership = memberships.filter(cooperative__slug=kwargs["cooperative"]).first()
        if membership is None:
            raise Http404
        if roles and membership.role not in roles:
            raise PermissionDenied
        request.desk, kwargs["cooperative"] = cooperatives_desk(membership), membership.cooperative
        request.membership = membership

    return enter


def enter_as_anybody(request: HttpRequest, _kwargs: dict) -> None:
    request.desk = applicants_desk()


def enter_as_applicant(request: HttpRequest, kwargs: dict) -> None:
    """The address's `pk` becomes the person's own application; others do not learn of it."""
    request.desk = applicants_desk()
    own = Application.objects.for_page().filter(applicant=request.user)
    kwargs["application"] = get_object_or_404(own, pk=kwargs.pop("pk"))


operators_only = guarded(enter_as_operator)
confirmers_only = guarded(enter_as_confirmer)
signed_in_only = guarded(enter_as_anybody)
applicants_only = guarded(enter_as_applicant)


def members_only(*roles: Membership.Role) -> Callable[[View], View]:
    """For members of the address's cooperative in one of the roles; without any, in every role."""
    return guarded(enter_as_member(roles))
