from decimal import Decimal

import pytest
from django.utils import timezone

from marketplace.offer.models import ConditionalOffer
from marketplace.voucher.models import Voucher
from marketplace.voucher.services import end_voucher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_one_offer_for_everybody_and_two_vouchers_say_who_pays():
    now = timezone.now()
    (offer,) = ConditionalOffer.objects.site().running(now).with_terms()
    assert (offer.name, offer.cooperative.slug) == ("云麦垛满 99 减 8", "yunmaiduo")
    vouchers = {voucher.code: voucher for voucher in Voucher.objects.for_table()}
    assert vouchers.keys() == {"YSJ20", "QYP95"}
    market, butchery = vouchers["YSJ20"], vouchers["QYP95"]
    assert (market.offer.cooperative, market.limit_total) == (None, 2000)
    assert market.offer.condition.value == Decimal("199.00")
    assert (butchery.offer.cooperative.slug, butchery.limit_per_person) == ("qingyanpo", 1)
    assert (butchery.offer.benefit.value, butchery.offer.most_off) == (5, Decimal("30.00"))


def test_what_was_ended_stays_ended(load):
    voucher = Voucher.objects.get(code="YSJ20")
    end_voucher(voucher=voucher, by=None, now=timezone.now())
    ended = voucher.end_datetime
    load(days=31)
    voucher.refresh_from_db()
    assert voucher.end_datetime == ended
    assert Voucher.objects.count() == 2
