"""Request and response rules that hold for every page."""

from django.http import HttpRequest, HttpResponse
from django.middleware import locale


class LocaleMiddleware(locale.LocaleMiddleware):
    """The address alone decides the language, so pages need not vary by Accept-Language."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        had_vary = "Vary" in response
        response = super().process_response(request, response)
        names = [name.strip() for name in response.get("Vary", "").split(",")]
        kept = [name for name in names if name and name.lower() != "accept-language"]
        if kept:
            response["Vary"] = ", ".join(kept)
        elif had_vary or "Vary" in response:
            del response["Vary"]
        return response
