"""The confirm page as a buyer fills it in."""

import re

from marketplace.address.services import Destination, keep_address
from marketplace.basket.models import Basket, Line
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests.marketplace.buying import BEIJING, HAIDIAN, street_in

ADD, BASKET, CONFIRM = "/en/shop/basket/add/", "/en/shop/basket/", "/en/shop/checkout/"
HIDDEN = re.compile(
    r'<input type="hidden"(?: form="confirm")? '
    r'name="(submission_token|shown_total|seen_\d+)" value="([^"]+)">'
)


def typed(client, **changes):
    """The form as a careful buyer fills in the page that is shown."""
    page = client.get(CONFIRM).content.decode()
    consents = {f"consent_{line.pk}": "on" for line in Line.objects.all()}
    return (
        dict(HIDDEN.findall(page))
        | consents
        | {
            "recipient": "李岚",
            "mobile": "138 0000 1234",
            "email": "lilan@example.com",
            "province": BEIJING,
            "district": HAIDIAN,
            "street": street_in().pk,
            "detail": "3号楼2单元",
            "method": "alipay",
        }
        | changes
    )


def assert_nothing_ordered():
    assert not Order.objects.exists()
    assert set(Basket.objects.values_list("status", flat=True)) == {Basket.OPEN}
    assert not StockRecord.objects.exclude(num_allocated=0).exists()


def kept_at(user, detail, district=HAIDIAN):
    destination = Destination("王芳", "13900001234", street_in(district), detail)
    return keep_address(user=user, destination=destination)
