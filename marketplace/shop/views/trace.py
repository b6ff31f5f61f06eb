"""A lot behind the code on the pack: for people, and for machines as EPCIS events."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.traceability.models import Lot
from marketplace.shop.caching import public_page
from marketplace.shop.epcis import epcis_document
from marketplace.shop.sharing import Share
from marketplace.shop.trace_page import read_recall, read_trace_page
from marketplace.shop.trail import trace_trail

MINUTE = 60


@require_safe
@public_page
def show_lot(request: HttpRequest, code: str) -> HttpResponse:
    """A lot that is not released is as unknown as one that never was."""
    lot = get_object_or_404(Lot.objects.for_trace(), code=code.upper())
    page = read_trace_page(lot=lot, day=timezone.localdate())
    context = {
        "page": page,
        "share": Share(f"{page.product.name} {lot.code}"),
        "breadcrumbs": trace_trail(lot),
        "canonical_path": lot.get_absolute_url(),
    }
    return render(request, "shop/trace.html", context)


@require_safe
@cache_control(public=True, max_age=MINUTE)
def export_events(request: HttpRequest, code: str) -> HttpResponse:
    """The lot's history as GS1 EPCIS 2.0 in JSON-LD."""
    lot = get_object_or_404(Lot.objects.for_trace(), code=code.upper())
    document = epcis_document(lot=lot, recall=read_recall(lot), now=timezone.now())
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")
