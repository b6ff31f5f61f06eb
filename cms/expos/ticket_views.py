"""Signing up for a fair, and the page of the ticket for whoever has its link."""

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.expos.same_site import by_link, same_site
from cms.expos.sign_up import SignUpForm, sign_up_form
from cms.expos.ticket_calendar import write_calendar
from cms.expos.ticket_page import TicketPage, fair_address
from marketplace.fairs.models import Fair, Seat, Ticket
from marketplace.fairs.services.seats import cancel_seat, cancel_ticket
from marketplace.fairs.services.sign_up import sign_up
from marketplace.fairs.ticket_notices import ticket_url
from marketplace.fairs.visiting import takes_visitors
from marketplace.fairs.visitor_refusals import SeatIsGone, VisitorRefused
from marketplace.shop.caching import public_page
from marketplace.typed import read_number

BURST = "sign_up_for_a_fair"


@same_site
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; sent, it leads to the ticket, or comes back with words beside its fields."""
    fair = get_object_or_404(Fair.objects.exclude(state=Fair.State.DRAFT), pk=pk)
    if request.method != "POST":
        return public_page(show_form)(request, fair)
    form = sign_up_form(fair, request.POST)
    response = take_ticket(request, fair, form)
    add_never_cache_headers(response)
    return response


def take_ticket(request: HttpRequest, fair: Fair, form: SignUpForm) -> HttpResponse:
    if not form.is_valid():
        return show_form(request, fair, form, status=422)
    if not ratelimit.consume(request, action=BURST):
        words = _(
            "Too many tickets were taken from here within the hour. Please try again later, or from"
            " another connection; what you typed has been kept."
        )
        form.add_error(None, words)
        return show_form(request, fair, form, status=429)
    try:
        ticket = sign_up(
            fair=fair,
            visitor=form.visitor(),
            sessions=form.chosen(),
            consented=form.cleaned_data["consent"],
            language=get_language(),
            now=timezone.now(),
        )
    except VisitorRefused as refusal:
        form.refuse(refusal)
    except ValidationError as wrong:
        form.add_error(None, wrong)
    else:
        return redirect("tickets:page", ticket.code)
    return show_form(request, fair, form, status=422)


def show_form(
    request: HttpRequest, fair: Fair, form: SignUpForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "fair": fair,
        "form": form or sign_up_form(fair),
        "is_open": takes_visitors(fair, timezone.now()),
        "fair_url": fair_address(fair),
        "action": request.path,
    }
    return render(request, "expos/sign_up_page.html", context, status=status)


@by_link
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    return show_ticket(request, find_ticket(code))


@by_link
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """One session of the ticket, or without `session` all of it."""
    ticket, now = find_ticket(code), timezone.now()
    try:
        if "session" in request.POST:
            session_id = read_number(request.POST["session"])
            cancel_seat(code=code, session_id=session_id, now=now)
        else:
            cancel_ticket(code=code, now=now)
    except Seat.DoesNotExist as error:
        raise Http404 from error
    except SeatIsGone as refusal:
        return show_ticket(request, ticket, problem=refusal.words, status=409)
    return redirect("tickets:page", code)


@by_link
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What is confirmed and not cancelled."""
    ticket, now = find_ticket(code), timezone.now()
    rows = [row for row in TicketPage(ticket, now=now).rows if not row.is_waiting]
    if ticket.cancelled_at or not rows:
        raise Http404
    sessions = [row.session for row in rows]
    content = write_calendar(ticket, sessions, link=ticket_url(ticket), now=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ticket-{ticket.number}.ics"'
    return response


def find_ticket(code: str) -> Ticket:
    return get_object_or_404(Ticket.objects.for_page(), code=code)


def show_ticket(
    request: HttpRequest, ticket: Ticket, *, problem: str = "", status: int = 200
) -> HttpResponse:
    shown = TicketPage(ticket, now=timezone.now())
    context = {"page": shown, "fair_url": fair_address(ticket.fair), "problem": problem}
    return render(request, "expos/ticket_page.html", context, status=status)
