"""What the market keeps of a sale: of every cooperative, and a new rate for one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fees.forms import FeeForm
from marketplace.dashboard.fees.listing import shelves_with_fees
from marketplace.dashboard.fields import sent
from marketplace.dashboard.listing import FilterForm, read_page
from marketplace.partner.fees import first_day, set_fee_rate
from marketplace.partner.models import Partner

DOOR = "fees"


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    shelves = of_cooperatives().order_by("cooperative__short_name", "pk")
    total = shelves.order_by().count()
    page = read_page(shelves, total=total, form=FilterForm(request.GET), path=request.path)
    rows = shelves_with_fees(page.object_list, timezone.localdate())
    return render(request, "dashboard/fees/list.html", {"rows": rows, "page": page, "door": DOOR})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: HttpRequest, slug: str) -> HttpResponse:
    """All that was written of one cooperative, and a new rate."""
    shelf = get_object_or_404(of_cooperatives(), cooperative__slug=slug)
    first = first_day(timezone.localdate())
    form = FeeForm(*sent(request), initial={"begins_on": first})
    if form.is_valid():
        try:
            set_fee_rate(shelf_id=shelf.pk, by=request.user, now=timezone.now(), **form.terms)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Written, and the producer is told by mail."))
            return redirect("backoffice:fee", slug)
    [row] = shelves_with_fees([shelf], timezone.localdate())
    context = {"row": row, "form": form, "first": first, "door": DOOR}
    return render(request, "dashboard/fees/one.html", context)


def of_cooperatives() -> QuerySet[Partner]:
    return Partner.objects.filter(cooperative__isnull=False).select_related("cooperative")
