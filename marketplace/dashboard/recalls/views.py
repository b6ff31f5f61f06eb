"""Recalls: a lot taken back by its cooperative's owner or an operator, settled by operators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.producers.models import Cooperative, Membership
from catalog.traceability.models import Lot
from catalog.traceability.refusals import LotRefused
from marketplace.accounts.models import User
from marketplace.aftersales.models import Recall
from marketplace.aftersales.recalls import recall_lot, settle_notice
from marketplace.dashboard.access import members_only, operators_only
from marketplace.dashboard.lots.querysets import lots_of
from marketplace.dashboard.recalls.forms import FindLotForm, RecallForm
from marketplace.dashboard.recalls.listing import read_notices, read_recalls
from marketplace.partner.refusals import StockBelowAllocated

both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """The recalls; with `?code=` the way to a lot that is to be recalled."""
    finder = FindLotForm({"code": request.GET["code"]} if "code" in request.GET else None)
    if finder.is_valid():
        return redirect("backoffice:recall_new", finder.cleaned_data["code"])
    found = read_recalls(params=request.GET, path=request.path)
    context = {"found": found, "finder": finder, "door": "recalls"}
    return render(request, "dashboard/recalls/list.html", context)


@operators_only
@both_ways
def recall_any(request: HttpRequest, code: str) -> HttpResponse:
    lot = get_object_or_404(Lot.objects.select_related("product__cooperative"), code=code)
    back = reverse("backoffice:recalls")
    if lot.is_recalled:
        return redirect("backoffice:recall", lot.recall.pk)
    return take_back(request, lot, door="recalls", back=back, after=request.path)


@members_only(Membership.Role.OWNER)
@both_ways
def recall_own(request: HttpRequest, cooperative: Cooperative, code: str) -> HttpResponse:
    lot = get_object_or_404(lots_of(cooperative).select_related("product"), code=code)
    back = reverse("backoffice:coop_lot", args=[cooperative.slug, code])
    if lot.is_recalled:
        return redirect(back)
    return take_back(request, lot, door="coop_lots", back=back, after=back)


def take_back(request: HttpRequest, lot: Lot, *, door: str, back: str, after: str) -> HttpResponse:
    """Asks for the reason and the packs, and does it; what is refused stays on the form."""
    form, status = RecallForm(request.POST or None, lot), 200
    if form.is_valid():
        if try_to_recall(form, lot, request.user):
            messages.success(
                request, _("The lot is recalled, its sale has stopped, and the buyers are told.")
            )
            return redirect(after)
        status = 409
    context = {"form": form, "lot": lot, "back": back, "door": door, "buyers": count_orders(lot)}
    return render(request, "dashboard/recalls/new.html", context, status=status)


def try_to_recall(form: RecallForm, lot: Lot, by: User) -> bool:
    try:
        recall_lot(
            lot_id=lot.pk,
            reason=form.cleaned_data["reason"],
            packs=form.packs,
            by=by,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except ValidationError as refusal:
        form.complain(refusal)
        return False
    except StockBelowAllocated as refusal:
        form.add_error(f"packs-{refusal.record.pk}", refusal.words)
        return False
    except LotRefused as refusal:
        form.add_error(None, refusal.words)
        return False
    return True


def count_orders(lot: Lot) -> int:
    """So many orders have packs of it, as far as parcels have been packed."""
    return lot.lines.order_by().values("line__order").distinct().count()


@operators_only
@require_safe
def show_recall(request: HttpRequest, pk: int) -> HttpResponse:
    recall = get_object_or_404(Recall.objects.for_list(), pk=pk)
    found = read_notices(recall=recall, params=request.GET)
    context = {"recall": recall, "found": found, "door": "recalls"}
    return render(request, "dashboard/recalls/recall.html", context)


@operators_only
@both_ways
def settle(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """What was settled by somebody else meanwhile stays as it is."""
    recall = get_object_or_404(Recall, pk=pk)
    get_object_or_404(recall.notices, pk=notice)
    if request.method == "POST" and settle_notice(
        recall_id=pk, notice_id=notice, by=request.user, now=timezone.now()
    ):
        messages.success(request, _("Settled."))
    return redirect("backoffice:recall", pk)
