"""A guest's way through Oscar's own checkout, eleven requests, as its pages lead."""

from collections.abc import Mapping

from tests.bench.visitor import Answer, Visitor

CHECKOUT = "/checkout/"
FOUND = 302
GUEST = {"username": "lilan@example.com", "options": "anonymous"}
ADDRESS = {
    "first_name": "岚",
    "last_name": "李",
    "line1": "3号楼2单元",
    "line4": "北京市海淀区",
    "postcode": "100190",
    "phone_number": "+86 138 0000 1234",
}


def add(visitor: Visitor, good: int) -> Answer:
    return visitor.post(f"/basket/add/{good}/", {"quantity": 1}).expect(FOUND)


def prepare(visitor: Visitor, good: int) -> Mapping[str, str]:
    add(visitor, good)
    visitor.get("/basket/").expect()
    visitor.get(CHECKOUT).expect()
    visitor.post(CHECKOUT, GUEST).expect(FOUND, "/shipping-address/")
    visitor.get(f"{CHECKOUT}shipping-address/").expect()
    visitor.post(f"{CHECKOUT}shipping-address/", ADDRESS).expect(FOUND, "/shipping-method/")
    visitor.get(f"{CHECKOUT}shipping-method/").expect(FOUND, "/payment-method/")
    visitor.get(f"{CHECKOUT}payment-method/").expect(FOUND, "/payment-details/")
    visitor.get(f"{CHECKOUT}payment-details/").expect()
    visitor.get(f"{CHECKOUT}preview/").expect()
    return {"action": "place_order"}


def place(visitor: Visitor, form: Mapping[str, str]) -> Answer:
    return visitor.post(f"{CHECKOUT}preview/", form)


def is_placed(answer: Answer) -> bool:
    return answer.status == FOUND and answer.location.endswith("/thank-you/")
