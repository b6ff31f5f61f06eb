"""All goods of the market, for operators: found, read, repriced, taken off sale and put back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Product, ProductPaper
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.catalogue.forms import CatalogueFilterForm, ReasonForm
from marketplace.dashboard.catalogue.good_page import read_good
from marketplace.dashboard.catalogue.listing import read_catalogue
from marketplace.dashboard.catalogue.querysets import find_all, for_rows
from marketplace.dashboard.catalogue.services import change_packs, take_paper
from marketplace.dashboard.fields import sent
from marketplace.dashboard.goods.listing import read_packs
from marketplace.dashboard.goods.views import saved_words
from marketplace.partner.shelf import RowsRefused
from marketplace.partner.withdrawing import NotAsShown, restore_good, withdraw_good

DOOR = {"door": "catalogue"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_catalogue(params=request.GET, path=request.path, day=timezone.localdate())
    return render(request, "dashboard/catalogue/list.html", {"found": found, **DOOR})


def good_of(pk: int) -> Product:
    return get_object_or_404(for_rows(find_all({})), pk=pk)


@operators_only
@require_safe
def show_good(request: HttpRequest, pk: int) -> HttpResponse:
    """The address keeps what the list was narrowed to, and leads back to it."""
    good, search = good_of(pk), CatalogueFilterForm(request.GET)
    back = search.address(reverse("backoffice:catalogue"), search.page or 1)
    context = {"page": read_good(good, timezone.now()), "good": good, "back": back, **DOOR}
    return render(request, "dashboard/catalogue/good.html", context)


@operators_only
@both_ways
def change_prices(request: HttpRequest, pk: int) -> HttpResponse:
    """Price and stock of its packs, all or nothing: what is wrong stands beside its field."""
    good = good_of(pk)
    packs = read_packs(good=good, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and packs.is_right:
        try:
            changed = change_packs(
                good=good, wanted=packs.wanted, by=request.user, now=timezone.now()
            )
        except RowsRefused as refusal:
            packs.look_again(refusal.errors)
        else:
            messages.success(request, saved_words(len(changed)))
            return redirect("backoffice:any_good", pk)
    return render(
        request, "dashboard/catalogue/prices.html", {"good": good, "packs": packs, **DOOR}
    )


@operators_only
@both_ways
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, withdraw_good, _("Off sale at once. The cooperative is told."))


@operators_only
@both_ways
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    return decide(request, pk, restore_good, _("Put back. The cooperative is told."))


@operators_only
@both_ways
def take_away(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A paper of the good itself; those of a business are its own to keep."""
    good = good_of(pk)
    held = get_object_or_404(good.product_papers.select_related("paper"), paper=paper)
    form = ReasonForm(*sent(request))
    if form.is_valid():
        try:
            take_paper(
                good=good,
                paper_id=paper,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except ProductPaper.DoesNotExist as gone:
            raise Http404 from gone
        messages.success(request, _("Taken away. The cooperative is told."))
        return redirect("backoffice:any_good", pk)
    context = {"good": good, "paper": held.paper, "form": form, **DOOR}
    return render(request, "dashboard/catalogue/take_paper.html", context)


def decide(request: HttpRequest, pk: int, act: Callable, done: str) -> HttpResponse:
    """Ask for the reason first; who comes too late is told."""
    good, form = good_of(pk), ReasonForm(request.POST or None)
    is_late = False
    if form.is_valid():
        try:
            act(product_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        except NotAsShown as refusal:
            form.add_error("reason", refusal.words)
            is_late = True
        else:
            messages.success(request, done)
            return redirect("backoffice:any_good", pk)
    context = {"good": good, "form": form, "is_back": act is restore_good, **DOOR}
    status = 409 if is_late else 200
    return render(request, "dashboard/catalogue/decide.html", context, status=status)
