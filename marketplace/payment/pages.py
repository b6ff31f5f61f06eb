"""What the pay page needs: the order once more, and Stripe's Payment Element."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from marketplace.order.holding import hold_of
from marketplace.order.models import Order
from marketplace.order.pages import parcels_of, sum_rows
from marketplace.order.states import State
from marketplace.payment.gateway import METHODS, Intent, Method

# The release of Stripe.js that belongs to the API version of the gateway's library.
STRIPE_JS = "https://js.stripe.com/endive/stripe.js"
# Those that need no number typed: the gateway can lead to their own pages.
REDIRECTING: tuple[Method, ...] = ("alipay", "wechat_pay")
# From these an intent cannot be paid any more, and Payment Element refuses to show it.
SPENT = ("processing", "requires_capture", "succeeded", "canceled")


def has_payment_element() -> bool:
    """With real keys that a browser may know; else paying means leaving for another page."""
    return not settings.DEMO_PAYMENT_SERVER and bool(settings.STRIPE_PUBLISHABLE_KEY)


def takes_method(method: Method) -> bool:
    """A card's number can only be typed into Payment Element, or into the demonstration's page."""
    return method in REDIRECTING or settings.DEMO_PAYMENT_SERVER or has_payment_element()


def payment_page(*, order: Order, intent: Intent, method: Method, now: datetime) -> dict:
    """The context of the page; `order` is read for its page, the `method` stands first."""
    return {
        "order": order,
        "hold": hold_of(order, now),
        "parcels": parcels_of(order, State.AWAITING_PAYMENT),
        "rows": sum_rows(order),
        "chosen": method,
        "element": {
            "script": STRIPE_JS,
            "key": settings.STRIPE_PUBLISHABLE_KEY,
            "account": settings.STRIPE_ACCOUNT,
            "secret": intent.client_secret,
            "locale": "en" if get_language() == "en" else "zh",
            "methods": " ".join(chosen_first(method)),
        },
    }


def chosen_first(method: Method) -> list[Method]:
    """As the shop lists them, except for the one that was chosen already."""
    listed = (*REDIRECTING, *(one for one in METHODS if one not in REDIRECTING))
    return [method, *(one for one in listed if one != method)]
