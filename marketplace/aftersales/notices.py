"""The mail about a recall: one to each buyer, however many of the orders are theirs."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.aftersales.models import Recall
from marketplace.order.links import order_url
from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.outbox.services import write_message


def write_recall_notices(*, recall: Recall, orders: Iterable[Order]) -> dict[int, Message]:
    """The messages by the orders' keys; orders without an e-mail address have none."""
    by_buyer: dict[str, list[Order]] = {}
    for order in orders:
        if email := order.contact_email.lower():
            by_buyer.setdefault(email, []).append(order)
    written = {}
    for theirs in by_buyer.values():
        message = write_recall_notice(recall, theirs)
        written.update({order.pk: message for order in theirs})
    return written


def write_recall_notice(recall: Recall, orders: Sequence[Order]) -> Message:
    """To the buyer of these orders, in the language of the latest."""
    latest, lot = orders[-1], recall.lot
    with override(latest.language):
        context = {
            "recall": recall,
            "lot": lot,
            "good": lot.product.name,
            "orders": [(order, order_url(order)) for order in orders],
            "trace_url": settings.SITE_URL + lot.get_absolute_url(),
        }
        return write_message(
            event=f"lot_recalled:{lot.code}",
            recipient=latest.contact_email.lower(),
            subject=_("Recall: please do not eat %(good)s of lot %(code)s")
            % {"good": lot.product.name, "code": lot.code},
            body=render_to_string("mail/lot_recalled.txt", context),
        )
