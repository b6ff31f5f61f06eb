"""The days on which a cooperative sends nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.producers.models import Cooperative
from marketplace.dashboard.fields import DayField, ServiceForm
from marketplace.dashboard.goods.views import sellers_only
from marketplace.partner.closing import close_shelf, reopen_shelf
from marketplace.partner.services import open_shelf


class ClosedForm(ServiceForm):
    first = DayField(label=gettext_lazy("First day"))
    last = DayField(label=gettext_lazy("Last day"))


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_closed_days(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    shelf = getattr(cooperative, "shelf", None) or open_shelf(cooperative=cooperative)
    if "reopen" in request.POST:
        reopen_shelf(shelf=shelf)
        messages.success(request, _("Open again: every day counts."))
        return redirect("backoffice:goods", cooperative.slug)
    form = ClosedForm(
        request.POST or None, initial={"first": shelf.closed_from, "last": shelf.closed_until}
    )
    if form.is_valid():
        try:
            close_shelf(shelf=shelf, today=timezone.localdate(), **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved. New orders are promised a later day."))
            return redirect("backoffice:goods", cooperative.slug)
    context = {"form": form, "shelf": shelf, "cooperative": cooperative, "door": "goods"}
    return render(request, "dashboard/goods/closed.html", context)
