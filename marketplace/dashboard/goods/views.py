"""A cooperative's goods: the list, one good, and the table of prices and stock."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from catalog.papers.models import Paper
from catalog.producers.models import Cooperative, Membership
from marketplace.dashboard.access import members_only
from marketplace.dashboard.goods.history import history_of
from marketplace.dashboard.goods.listing import read_goods, read_grid, rows_of
from marketplace.dashboard.goods.querysets import find_goods, for_goods
from marketplace.dashboard.goods.services import change_goods
from marketplace.listings.models import Proposal
from marketplace.partner.shelf import RowsRefused

MOST_UNDER_WAY = 50
sellers_only = members_only(Membership.Role.OWNER, Membership.Role.CLERK)


@sellers_only
@require_safe
def show_list(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    found = read_goods(
        cooperative=cooperative,
        params=request.GET,
        path=request.path,
        day=timezone.localdate(),
    )
    proposals = Proposal.objects.of(cooperative).undecided().for_rows()[:MOST_UNDER_WAY]
    context = {
        "found": found,
        "proposals": proposals,
        **closed_days(cooperative),
        "cooperative": cooperative,
        "door": "goods",
    }
    return render(request, "dashboard/goods/list.html", context)


def closed_days(cooperative: Cooperative) -> dict[str, date]:
    """Those that are not over yet, if there are any."""
    shelf = getattr(cooperative, "shelf", None)
    if shelf is None or shelf.closed_until is None or shelf.closed_until < timezone.localdate():
        return {}
    return {"closed_from": shelf.closed_from, "closed_until": shelf.closed_until}


@sellers_only
@require_safe
def show_good(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    good = get_object_or_404(for_goods(find_goods(cooperative, {})), pk=pk)
    [row] = rows_of([good], timezone.localdate())
    context = {
        "row": row,
        "good": good,
        "cooperative": cooperative,
        "has_open_change": good.proposals.undecided().filter(kind="change").exists(),
        "packs": history_of(good, timezone.now()),
        "papers": Paper.objects.of_good(good).order_by("pk"),
        "door": "goods",
    }
    return render(request, "dashboard/goods/good.html", context)


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_prices(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """Many packs on one page, all or nothing: what is wrong stands beside its field."""
    grid = read_grid(
        cooperative=cooperative,
        params=request.GET,
        path=request.path,
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and grid.is_right:
        try:
            changed = change_goods(
                cooperative=cooperative,
                wanted=grid.wanted,
                by=request.user,
                now=timezone.now(),
            )
        except RowsRefused as refusal:
            grid.look_again(refusal.errors)
        else:
            messages.success(request, saved_words(len(changed)))
            return redirect(grid.address)
    context = {
        "grid": grid,
        "back": reverse("backoffice:goods", args=[cooperative.slug]),
        "door": "goods",
    }
    return render(request, "dashboard/goods/grid.html", context)


def saved_words(count: int) -> str:
    if not count:
        return _("Nothing was different: nothing has changed.")
    words = ngettext(
        "Saved: %(count)s pack size changed.", "Saved: %(count)s pack sizes changed.", count
    )
    return words % {"count": count}
