"""A guest's way through our checkout, six requests: two are the choice of district and street."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.urls import reverse

from tests.bench.visitor import Answer, Visitor

HIDDEN = re.compile(r'name="(submission_token|shown_total|seen_\d+)" value="([^"]+)"')
PLACES = ({"district": "110108"}, {"street": "110108012"})
PERSON = {
    "recipient": "李岚",
    "mobile": "13800001234",
    "email": "lilan@example.com",
    "province": "110000",
    "detail": "3号楼2单元",
    "method": "alipay",
}


def add(visitor: Visitor, good: int) -> Answer:
    form = {"pack": good, "quantity": 1}
    return visitor.post(reverse("basket:add"), form).expect(HTTPStatus.FOUND)


def prepare(visitor: Visitor, good: int) -> Mapping[str, str]:
    add(visitor, good)
    confirm = reverse("checkout:confirm")
    visitor.get(reverse("basket:summary")).expect()
    form = PERSON | hidden(visitor.get(confirm).expect())
    for chosen in PLACES:
        form |= chosen
        asked = visitor.post(confirm, {**form, "next": "place"}, **{"HX-Request": "true"})
        form |= hidden(asked.expect())
    return form


def hidden(page: Answer) -> dict[str, str]:
    return dict(HIDDEN.findall(page.text))


def place(visitor: Visitor, form: Mapping[str, str]) -> Answer:
    return visitor.post(reverse("checkout:confirm"), form)


def is_placed(answer: Answer) -> bool:
    """The order stands and waits for its payment: the answer leads to the payment page."""
    on_the_way = answer.location.startswith(settings.STRIPE_API_BASE)
    return answer.status == HTTPStatus.FOUND and on_the_way
