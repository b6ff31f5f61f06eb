"""Goods of the demonstration that the market took off sale, each once."""

from django.utils import timezone

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.demo import reading
from marketplace.demo.services.goods import code_of
from marketplace.partner.withdrawing import withdraw_good

OPERATOR = "operator@example.com"


def load_withdrawals() -> None:
    """What was taken off sale before, and perhaps put back, stays as it is."""
    by = User.objects.filter(email=OPERATOR).first()
    for entry in reading.goods():
        good = Product.objects.get(upc=code_of(entry["number"])) if "withdrawn" in entry else None
        if good and not good.withdrawals.exists():
            withdraw_good(product_id=good.pk, reason=entry["withdrawn"], by=by, now=timezone.now())
