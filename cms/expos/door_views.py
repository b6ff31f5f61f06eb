"""The page at a door, for whoever has its link: it reads tickets and says who may come in."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cms.expos.same_site import by_link
from marketplace.fairs.door_counts import door_counts
from marketplace.fairs.models import Door
from marketplace.fairs.services.check_in import Answer, check_in
from marketplace.fairs.visiting import is_on
from marketplace.fairs.visitor_refusals import DoorClosed, NotOpenToday, VisitorRefused


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    door = get_object_or_404(Door.objects.select_related("fair"), token=token)
    if request.method == "POST":
        return read(request, door)
    return show(request, door, refused=why_closed(door))


def read(request: HttpRequest, door: Door) -> HttpResponse:
    """One ticket. An answer that refuses the ticket is an answer like others."""
    typed = request.POST.get("ticket", "")
    scan_id = read_uuid(request.POST.get("scan", ""))
    try:
        answer = check_in(door=door, text=typed, scan_id=scan_id, now=timezone.now())
    except (DoorClosed, NotOpenToday) as refusal:
        return show(request, door, refused=refusal, status=409)
    return show(request, door, answer=answer, typed=typed)


def show(
    request: HttpRequest,
    door: Door,
    *,
    answer: Answer | None = None,
    typed: str = "",
    refused: VisitorRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The part that changes for a script, else the whole page."""
    context = {
        "door": door,
        "answer": answer,
        "typed": typed[:60],
        "refused": refused,
        "today": door_counts(door, timezone.localdate()),
        "scan_id": uuid4(),
    }
    template = "expos/door_answer.html" if request.htmx else "expos/door_page.html"
    return render(request, template, context, status=status)


def why_closed(door: Door) -> VisitorRefused | None:
    if door.closed_at:
        return DoorClosed()
    return None if is_on(door.fair, timezone.localdate()) else NotOpenToday()


def read_uuid(text: str) -> UUID:
    """The phone's own, or a new one when it sent none that could be one."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
