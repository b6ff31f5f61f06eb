"""The way back after a choice that a visitor makes in between."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def on_this_site(request: HttpRequest, address: str | None) -> str:
    """The address when it lies on this site, else ""."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else ""


def safe_return_path(request: HttpRequest) -> str:
    """`next` or the referring page when it lies on this site, else the home page."""
    asked = request.GET.get("next") or request.POST.get("next") or request.headers.get("referer")
    return on_this_site(request, asked) or reverse("wagtail_serve", args=[""])
