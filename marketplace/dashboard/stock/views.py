"""The stock of packs: found, and set."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.models import User
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.models import Change
from marketplace.dashboard.stock.forms import StockFilterForm, StockForm
from marketplace.dashboard.stock.listing import change_rows, read_stock
from marketplace.dashboard.stock.querysets import find_packs, for_rows
from marketplace.dashboard.stock.services import StockMoved, change_stock
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import StockBelowAllocated

LATEST = 20


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_stock(params=request.GET, path=request.path)
    return render(request, "dashboard/stock/list.html", {"found": found, "door": "stock"})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One pack; the address keeps what the list was narrowed to, and leads back to it."""
    record = get_object_or_404(for_rows(find_packs({})), pk=pk)
    search = StockFilterForm(request.GET)
    back = search.address(reverse("backoffice:stock"), search.page or 1)
    shown = {"quantity": record.num_in_stock, "seen": record.num_in_stock}
    form = StockForm(request.POST or None, initial=shown)
    if form.is_valid():
        problem = try_to_change(record, request.user, **form.cleaned_data)
        if not problem:
            messages.success(request, _("Saved."))
            return redirect(back)
        form.add_error("quantity", problem)
        record.refresh_from_db(fields=["num_in_stock", "num_allocated"])
        form.data = {**form.data.dict(), "seen": record.num_in_stock}
    latest = Change.objects.latest_of(Change.Room.STOCK, str(pk))[:LATEST]
    context = {
        "record": record,
        "form": form,
        "back": back,
        "changes": change_rows(latest, record),
        "door": "stock",
    }
    return render(request, "dashboard/stock/pack.html", context)


def try_to_change(record: StockRecord, by: User, quantity: int, seen: int) -> str:
    """Set the stock, or say in words why it stays."""
    try:
        change_stock(
            stockrecord_id=record.pk, quantity=quantity, seen=seen, by=by, now=timezone.now()
        )
    except (StockBelowAllocated, StockMoved) as refusal:
        return refusal.words
    return ""
