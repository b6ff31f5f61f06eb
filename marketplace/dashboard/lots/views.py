"""A cooperative's lots: listed, recorded, told about, released, labelled."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import Product
from catalog.producers.models import Cooperative, Membership
from catalog.releasing import add_paper, release_lot
from catalog.traceability.models import Lot, LotEvent
from catalog.traceability.refusals import LotRefused
from catalog.traceability.services import add_event, attach_file, propose_code, record_lot
from marketplace.dashboard.access import members_only
from marketplace.dashboard.fields import ServiceForm, sent
from marketplace.dashboard.lots.forms import EventForm, FileForm, LotForm, PaperForm, issuer_of
from marketplace.dashboard.lots.listing import read_lots
from marketplace.dashboard.lots.pages import find_lot, read_lot_page, trace_code
from marketplace.dashboard.lots.querysets import goods_to_record, lots_of

Role = Membership.Role
clerks_only = members_only(Role.OWNER, Role.CLERK)
both_ways = require_http_methods(["GET", "HEAD", "POST"])
DOOR = {"door": "coop_lots"}
LABELS, MOST_LABELS = 12, 120


@clerks_only
@require_safe
def show_list(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    found = read_lots(cooperative=cooperative, params=request.GET, path=request.path)
    return render(request, "dashboard/lots/list.html", DOOR | {"found": found})


@clerks_only
@both_ways
def record(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """First of which good, then what its regime asks."""
    goods = goods_to_record(cooperative)
    chosen = request.GET.get("good", "")
    if not chosen:
        return render(request, "dashboard/lots/goods.html", DOOR | {"goods": goods})
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        raise Http404
    product = get_object_or_404(goods, pk=chosen)
    today = timezone.localdate()
    form = LotForm(request.POST or None, product, first_values(product, today))
    made: list[Lot] = []

    def make() -> None:
        made.append(
            record_lot(
                product=product,
                facts=form.facts,
                papers=list(form.papers),
                by=request.user,
                now=timezone.now(),
                today=today,
            )
        )

    if form.is_valid() and tried(form, make):
        messages.success(request, _("The lot is kept. Release it when its papers are complete."))
        return redirect("backoffice:coop_lot", cooperative.slug, made[0].code)
    return render(request, "dashboard/lots/new.html", DOOR | {"form": form, "product": product})


def first_values(product: Product, today: date) -> dict[str, object]:
    latest = product.lots.order_by("-pk").first()
    return {
        "code": propose_code(product=product, day=today),
        "produced_on": today,
        "place": latest.place if latest else "",
    }


def tried(form: ServiceForm, write: Callable[[], object]) -> bool:
    """Whether it was written; what was refused stands beside its field."""
    try:
        write()
    except ValidationError as refusal:
        form.complain(refusal)
        return False
    except LotRefused as refusal:
        form.add_error(None, refusal.words)
        return False
    return True


@clerks_only
@require_safe
def show_lot(request: HttpRequest, cooperative: Cooperative, code: str) -> HttpResponse:
    page = read_lot_page(lot=find_lot(cooperative, code), day=timezone.localdate())
    may_recall = request.membership.role == Role.OWNER and page.lot.is_released
    return render(
        request, "dashboard/lots/lot.html", DOOR | {"page": page, "may_recall": may_recall}
    )


@clerks_only
@both_ways
def tell(request: HttpRequest, cooperative: Cooperative, code: str) -> HttpResponse:
    """A new event; with `?corrects=` one that is read instead of an earlier one."""
    lot = find_lot(cooperative, code)
    wrong = event_to_correct(lot, request.GET.get("corrects", ""))
    first = {"on": timezone.localdate(), "place": lot.place}
    if wrong:
        names = ("kind", "on", "title", "detail", "place")
        first = {name: getattr(wrong, name) for name in names} | {"corrects": wrong.pk}
    form = EventForm(request.POST or None, initial=first)

    def write() -> None:
        add_event(
            lot_id=lot.pk,
            facts=form.facts,
            corrects=form.cleaned_data["corrects"],
            by=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    if form.is_valid() and tried(form, write):
        messages.success(request, _("Kept."))
        return redirect("backoffice:coop_lot", cooperative.slug, code)
    return render(
        request, "dashboard/lots/event.html", DOOR | {"form": form, "lot": lot, "wrong": wrong}
    )


def event_to_correct(lot: Lot, asked: str) -> LotEvent | None:
    """One of the lot's events that stands; Http404 for any other."""
    if not asked:
        return None
    for event in lot.events.all():
        if str(event.pk) == asked and not event.is_corrected:
            return event
    raise Http404


@clerks_only
@both_ways
def put_paper(request: HttpRequest, cooperative: Cooperative, code: str) -> HttpResponse:
    lot = find_lot(cooperative, code)
    kind = request.GET.get("kind", "")
    first = {"kind": kind, "valid_from": lot.produced_on, "issuer": issuer_of(lot.product, kind)}
    form = PaperForm(*sent(request), initial=first)

    def write() -> None:
        add_paper(
            lot_id=lot.pk,
            facts=form.facts,
            file=form.cleaned_data["file"],
            today=timezone.localdate(),
        )

    if form.is_valid() and tried(form, write):
        messages.success(request, _("The paper is with the lot."))
        return redirect("backoffice:coop_lot", cooperative.slug, code)
    return render(request, "dashboard/lots/paper.html", DOOR | {"form": form, "lot": lot})


@clerks_only
@both_ways
def put_file(request: HttpRequest, cooperative: Cooperative, code: str, pk: int) -> HttpResponse:
    """The photo of a paper that was written down without one."""
    lot = find_lot(cooperative, code)
    paper = get_object_or_404(lot.papers, pk=pk)
    form = FileForm(*sent(request))

    def write() -> None:
        attach_file(lot_id=lot.pk, paper_id=paper.pk, file=form.cleaned_data["file"])

    if form.is_valid() and tried(form, write):
        messages.success(request, _("The photo is with the paper."))
        return redirect("backoffice:coop_lot", cooperative.slug, code)
    context = DOOR | {"form": form, "lot": lot, "paper": paper}
    return render(request, "dashboard/lots/paper_file.html", context)


@clerks_only
@require_POST
def release(request: HttpRequest, cooperative: Cooperative, code: str) -> HttpResponse:
    lot = get_object_or_404(lots_of(cooperative), code=code)
    try:
        release_lot(lot_id=lot.pk, by=request.user, now=timezone.now(), today=timezone.localdate())
    except LotRefused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("Released: packs of this lot may be sold and sent."))
    return redirect("backoffice:coop_lot", cooperative.slug, code)


@clerks_only
@require_safe
def print_labels(request: HttpRequest, cooperative: Cooperative, code: str) -> HttpResponse:
    """Labels with the QR code; `?labels=` says how many, a wrong number is the usual one."""
    lot = find_lot(cooperative, code)
    asked = request.GET.get("labels", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else LABELS
    number = min(max(number, 1), MOST_LABELS)
    context = {"lot": lot, "code": trace_code(lot), "number": number, "labels": range(number)}
    return render(request, "dashboard/lots/labels.html", DOOR | context)
