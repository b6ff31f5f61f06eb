"""Content security around paying: which hosts a page may be left for, or may let in."""

from collections.abc import Callable
from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

# As Stripe's integration security guide lists them for Stripe.js; Google Maps completes
# addresses, which Payment Element does not ask for.
STRIPE_JS = ["https://js.stripe.com", "https://*.js.stripe.com"]
PAYMENT_ELEMENT = {
    "script-src": [SELF, *STRIPE_JS],
    "frame-src": [*STRIPE_JS, "https://hooks.stripe.com"],
    "connect-src": [SELF, "https://api.stripe.com"],
}


def leads_to_payment(view: View) -> View:
    """Browsers hold a form's redirects against `form-action` too.

    Only the demonstration redirects from a form: with real keys the person leaves from a page
    of ours, because nobody knows through how many hosts a bank sends them.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        pages = [settings.STRIPE_API_BASE] if settings.DEMO_PAYMENT_SERVER else []
        return csp_update({"form-action": pages})(view)(request, *args, **kwargs)

    return wrapped


holds_payment_element = csp_update(PAYMENT_ELEMENT)
