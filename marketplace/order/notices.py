"""Mails about an order, in its language, kept in the outbox once per event."""

from decimal import Decimal
from enum import StrEnum

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from marketplace.order.links import order_url
from marketplace.order.models import Consignment, Order
from marketplace.outbox.services import write_message


class Notice(StrEnum):
    PLACED = "order_placed"
    PAID = "order_paid"
    SHIPPED = "order_shipped"
    RENUMBERED = "order_renumbered"
    EXPIRED = "order_expired"
    CANCELLED = "order_cancelled"
    LATE = "order_paid_late"
    REFUNDED = "order_refunded"
    REFUND_FAILED = "order_refund_failed"


SUBJECTS = {
    Notice.PLACED: gettext_noop("Your order %(number)s at Yinshan Market"),
    Notice.PAID: gettext_noop("Paid: your order %(number)s at Yinshan Market"),
    Notice.SHIPPED: gettext_noop("On its way: your order %(number)s at Yinshan Market"),
    Notice.RENUMBERED: gettext_noop("New tracking number: your order %(number)s at Yinshan Market"),
    Notice.EXPIRED: gettext_noop("Expired: your order %(number)s at Yinshan Market"),
    Notice.CANCELLED: gettext_noop("Cancelled: your order %(number)s at Yinshan Market"),
    Notice.LATE: gettext_noop("Your money goes back: order %(number)s at Yinshan Market"),
    Notice.REFUNDED: gettext_noop("Refunded: your order %(number)s at Yinshan Market"),
    Notice.REFUND_FAILED: gettext_noop(
        "Your refund is delayed: order %(number)s at Yinshan Market"
    ),
}


def write_notice(
    *,
    order: Order,
    notice: Notice,
    about: str = "",
    amount: Decimal | None = None,
    parcel: Consignment | None = None,
) -> None:
    """Write the mail once, unless the order was placed without an e-mail address.

    `about` tells notices of one kind apart, as for two refunds; `amount` is the sum in yuan that
    goes back or came, if the notice is about one, `parcel` the one that it tells of.
    """
    if not order.contact_email:
        return
    with override(order.language):
        subject = _(SUBJECTS[notice]) % {"number": order.number}
        context = {"order": order, "link": order_url(order), "amount": amount, "parcel": parcel}
        body = render_to_string(f"mail/{notice}.txt", context)
    write_message(
        event=":".join(filter(None, (notice, order.number, about))),
        recipient=order.contact_email,
        subject=subject,
        body=body,
    )
