"""What a buyer agrees to on the confirm page."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from marketplace.address.services import Destination


class Seen(NamedTuple):
    """What the confirm page showed of a basket line; price in yuan."""

    quantity: int
    price: Decimal


class Purchase(NamedTuple):
    """What the buyer sent with the confirm page.

    `submission_token` is new for each page shown; `seen` and `consents` go by the keys of the
    basket's lines, the latter for perishables whose return rule was agreed to. `shown_total` is
    the sum in yuan that the button named; `notes` are by partner, for the producer who packs.
    """

    submission_token: str
    destination: Destination
    email: str
    language: str
    seen: Mapping[int, Seen]
    consents: Collection[int]
    shown_total: Decimal
    notes: Mapping[int, str] = MappingProxyType({})
    voucher_code: str = ""
