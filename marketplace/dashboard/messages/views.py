"""Messages in the back office: what was written to whom, whether it was sent, sending it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.messages.kept import keeps_mails, read_sign_in_mails
from marketplace.dashboard.messages.listing import on_page, read_messages
from marketplace.outbox.models import Message
from marketplace.outbox.services import send_again

DOOR = {"door": "messages"}


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_messages(params=request.GET, path=request.path, now=timezone.now())
    context = {"found": found, "are_kept": keeps_mails(), "kept": read_sign_in_mails(), **DOOR}
    return render(request, "dashboard/messages/list.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_message(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole message; a POST sends one again that did not get through."""
    message, now = get_object_or_404(Message, pk=pk), timezone.now()
    if request.method == "POST":
        if send_again(message_id=pk, now=now):
            messages.success(request, _("It is sent again now. Look here again in a moment."))
        else:
            words = _("It was sent meanwhile, or is being sent just now. Nothing was changed.")
            messages.warning(request, words)
        return redirect("backoffice:message", pk)
    row = next(on_page([message], now))
    context = {"row": row, "are_kept": keeps_mails(), **DOOR}
    return render(request, "dashboard/messages/message.html", context)
