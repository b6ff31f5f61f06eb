"""Error pages in our look. 400 and 500 ask neither database nor context processors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection ran out: say so, and how to go on."""
    words = _("This form has been open too long. Go back, reload the page and send it again.")
    return error_page(request, 403, words=words)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself is broken: nothing of it is read again."""
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's rate limits: somebody tries passwords, or a whole office signs in at once."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)


def error_page(request: HttpRequest, status: int, **context: str) -> HttpResponse:
    """In the language of the address; there is no such page in another language."""
    context = {"alternates": [], **context}
    return render(request, f"{status}.html", context, status=status)
