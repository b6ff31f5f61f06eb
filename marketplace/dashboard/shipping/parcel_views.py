"""One parcel: looked at, packed, sent, its slip and its label printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.producers.models import Cooperative
from marketplace.dashboard.access import members_only
from marketplace.dashboard.shipping.correcting import correct_number
from marketplace.dashboard.shipping.forms import PackForm, ShipForm
from marketplace.dashboard.shipping.many import words_of
from marketplace.dashboard.shipping.parcel import ParcelPage, read_parcel
from marketplace.dashboard.shipping.today import PACKERS
from marketplace.order.services import MoveRefused, NotOnItsWay, PackingRefused, ship
from marketplace.order.states import State
from marketplace.payment.refunds import RefundRefused
from marketplace.payment.weighing import pack_and_settle


@members_only(*PACKERS)
@require_safe
def show_parcel(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    return show(request, cooperative, read_parcel(cooperative, pk, timezone.now()))


@members_only(*PACKERS)
@require_POST
def pack_parcel(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """With the lots chosen; what cannot be packed so says why, and nothing has changed."""
    page = read_parcel(cooperative, pk, timezone.now())
    form = page.pack_form(request.POST)
    if form is None:
        messages.warning(request, not_now_words(page))
        return redirect("backoffice:parcel", cooperative.slug, pk)
    if form.is_valid() and try_to_pack(request, page, form):
        return redirect("backoffice:parcel", cooperative.slug, pk)
    return show(request, cooperative, page, pack_form=form, status=409 if form.problems else 200)


def try_to_pack(request: HttpRequest, page: ParcelPage, form: PackForm) -> bool:
    """Whether there is nothing more to do on the form."""
    try:
        refund = pack_and_settle(
            consignment=page.consignment, packing=form.packing, by=request.user, now=timezone.now()
        )
    except PackingRefused as refusal:
        form.refuse(refusal)
        return False
    except (MoveRefused, RefundRefused) as refusal:
        words = words_of(refusal) if isinstance(refusal, MoveRefused) else refusal.words
        messages.warning(request, words)
        return True
    words = _("Packed. Now it can be sent.")
    if refund:
        words = _("Packed. It is lighter than was paid for: ¥%(amount)s goes back to the buyer.")
        words %= {"amount": f"{refund.amount:,.2f}"}
    messages.success(request, words)
    return True


@members_only(*PACKERS)
@require_POST
def ship_parcel(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """With the carrier's number; the buyer is told."""
    page = read_parcel(cooperative, pk, timezone.now())
    form = ShipForm(request.POST)
    if page.state == State.PACKED and not form.is_valid():
        return show(request, cooperative, page, ship_form=form)
    try:
        if page.state != State.PACKED:
            raise MoveRefused(page.consignment, State.SHIPPED)
        ship(consignment=page.consignment, by=request.user, now=timezone.now(), **form.cleaned_data)
    except MoveRefused as refusal:
        messages.warning(request, refusal.words)
    else:
        messages.success(request, _("Sent. The buyer is told the number."))
    return redirect("backoffice:parcel", cooperative.slug, pk)


@members_only(*PACKERS)
@require_POST
def correct_parcel(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Another number for a parcel that is on its way; the buyer is told."""
    page = read_parcel(cooperative, pk, timezone.now())
    form = ShipForm(request.POST)
    if page.state == State.SHIPPED and not form.is_valid():
        return show(request, cooperative, page, ship_form=form)
    try:
        if page.state != State.SHIPPED:
            raise NotOnItsWay
        about = {"by": request.user, "now": timezone.now(), **form.cleaned_data}
        is_new = correct_number(parcel=page.consignment, **about)
    except NotOnItsWay as refusal:
        messages.warning(request, refusal.words)
    else:
        new, same = _("Corrected. The buyer is told."), _("It is the number that stood there.")
        messages.success(request, new if is_new else same)
    return redirect("backoffice:parcel", cooperative.slug, pk)


def not_now_words(page: ParcelPage) -> str:
    return words_of(MoveRefused(page.consignment, State.PACKED))


def show(
    request: HttpRequest,
    cooperative: Cooperative,
    page: ParcelPage,
    *,
    pack_form: PackForm | None = None,
    ship_form: ShipForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "parcel": page.consignment,
        "cooperative": cooperative,
        "pack_form": pack_form or page.pack_form(),
        "ship_form": ship_form or page.ship_form(),
        "door": "today",
    }
    return render(request, "dashboard/shipping/parcel.html", context, status=status)
