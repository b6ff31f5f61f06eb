"""Fairs for a cooperative's owner and clerks: open calls, the application, the booth."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.producers.models import Cooperative, Membership
from marketplace.dashboard.access import members_only
from marketplace.dashboard.fairs.forms import ApplicationForm, LeaveForm
from marketplace.dashboard.fairs.pages import FairSide, open_calls
from marketplace.fairs.models import Exhibitor, Fair
from marketplace.fairs.querysets.fairs import PUBLIC
from marketplace.fairs.refusals import FairRefused, HoldOver
from marketplace.fairs.services.applying import (
    goods_to_bring,
    questions_of,
    return_to_fair,
    withdraw_application,
    write_application,
)
from marketplace.fairs.services.booths import confirm_booth, give_booth_back

SELLERS = (Membership.Role.OWNER, Membership.Role.CLERK)
DOOR = {"door": "coop_fairs"}
sellers_only = members_only(*SELLERS)
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@sellers_only
@require_safe
def show_list(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    context = {
        "calls": open_calls(cooperative, timezone.now()),
        "own": Exhibitor.objects.of_cooperative(cooperative),
        "cooperative": cooperative,
    }
    return render(request, "dashboard/fairs/list.html", context | DOOR)


@sellers_only
@both_ways
def show_fair(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """The button's `do` says what is asked for."""
    side, problem = read_side(cooperative, pk), ""
    if request.method == "POST":
        problem = act(request.POST.get("do", ""), request, side)
        if not problem:
            return redirect("backoffice:coop_fair", cooperative.slug, pk)
        side = read_side(cooperative, pk)
    context = {"side": side, "fair": side.fair, "exhibitor": side.exhibitor, "problem": problem}
    context |= {"cooperative": cooperative, **DOOR}
    status = 409 if problem else 200
    return render(request, "dashboard/fairs/fair.html", context, status=status)


@sellers_only
@both_ways
def write(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Nothing is written before the form is sent; an address without a form to write leads back.

    `do` is "keep" or "hand_in".
    """
    side, do = read_side(cooperative, pk), request.POST.get("do", "keep")
    if request.method != "POST" and not side.may_write:
        return redirect("backoffice:coop_fair", cooperative.slug, pk)
    form = application_form(request, side, cooperative)
    context = {"form": form, "fair": side.fair, "side": side, "cooperative": cooperative, **DOOR}
    if form.is_valid():
        try:
            exhibitor = write_application(
                fair_id=pk,
                cooperative=cooperative,
                product_ids=form.cleaned_data["goods"],
                answers=form.sent_answers,
                hand_in=do == "hand_in",
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.complain(refusal)
        except FairRefused as refusal:
            messages.error(request, refusal.words)
            return redirect("backoffice:coop_fair", cooperative.slug, pk)
        else:
            is_draft = exhibitor.state == Exhibitor.State.DRAFT
            messages.success(request, _("Kept. It is not handed in yet.") if is_draft else kept())
            return redirect("backoffice:coop_fair", cooperative.slug, pk)
    return render(request, "dashboard/fairs/apply.html", context)


def kept() -> str:
    return _("Handed in. You can see here how it goes on.")


@sellers_only
@both_ways
def withdraw(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    side, form = read_side(cooperative, pk), LeaveForm(request.POST or None)
    if side.exhibitor is None or (request.method != "POST" and not side.may_withdraw):
        return redirect("backoffice:coop_fair", cooperative.slug, pk)
    if request.method == "POST" and form.is_valid():
        about = {"exhibitor_id": side.exhibitor.pk, "by": request.user, "now": timezone.now()}
        try:
            withdraw_application(reason=form.cleaned_data["reason"], **about)
        except FairRefused as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("Withdrawn."))
        return redirect("backoffice:coop_fair", cooperative.slug, pk)
    context = {"form": form, "fair": side.fair, "side": side, "cooperative": cooperative, **DOOR}
    return render(request, "dashboard/fairs/withdraw.html", context)


def read_side(cooperative: Cooperative, pk: int) -> FairSide:
    """A fair that the public does not know yet is not there, unless it was applied for."""
    fair = Fair.objects.select_related("region").filter(pk=pk).first()
    own = Exhibitor.objects.for_own_page().filter(cooperative=cooperative, fair=pk).first()
    if fair is None or (own is None and fair.state not in PUBLIC):
        raise Http404
    return FairSide(fair, own, timezone.now())


def application_form(
    request: HttpRequest, side: FairSide, cooperative: Cooperative
) -> ApplicationForm:
    exhibitor = side.exhibitor
    brought = [row.product_id for row in exhibitor.goods.all()] if exhibitor else []
    return ApplicationForm(
        request.POST if request.method == "POST" else None,
        initial={"goods": brought},
        choices=goods_to_bring(cooperative).prefetch_related("images"),
        questions=questions_of(side.fair),
        answers=exhibitor.answers if exhibitor else {},
    )


def act(do: str, request: HttpRequest, side: FairSide) -> str:
    """Do it, or say in words why not."""
    acts: dict[str, Callable[[], str]] = {
        "confirm": lambda: confirm(side),
        "give_back": lambda: give_back(side),
        "return": lambda: come_back(side, request),
    }
    if side.exhibitor is None or do not in acts:
        return _("Choose what is to be done.")
    try:
        messages.success(request, acts[do]())
    except FairRefused as refusal:
        return refusal.words
    except ValidationError:
        return _("Something is still missing. Go on writing, then hand it in.")
    return ""


def confirm(side: FairSide) -> str:
    if side.place is None:
        raise HoldOver
    place = confirm_booth(allotment_id=side.place.pk, now=timezone.now())
    return _("Booth %(number)s is yours.") % {"number": place.booth.number}


def give_back(side: FairSide) -> str:
    if side.place is None:
        raise HoldOver
    give_booth_back(allotment_id=side.place.pk, now=timezone.now())
    return _("Given back. The organiser sees that it is free.")


def come_back(side: FairSide, request: HttpRequest) -> str:
    return_to_fair(exhibitor_id=side.exhibitor.pk, by=request.user, now=timezone.now())
    return kept()
