"""Fairs, where one stands at them, and who shows there."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from marketplace.fairs.models import Allotment, Booth, Exhibitor, Fair, Zone
from tests.factories.goods import CooperativeFactory

BEIJING = ZoneInfo("Asia/Shanghai")
DONGCHENG = "110101"
DEADLINE = datetime(2026, 12, 20, 18, tzinfo=BEIJING)
MADE = datetime(2026, 11, 20, 9, tzinfo=BEIJING)
LATER = datetime(2026, 12, 1, 9, tzinfo=BEIJING)


class FairFactory(DjangoModelFactory):
    """Three days of January 2027 in Beijing; the call is open until 20 December 2026."""

    class Meta:
        model = Fair

    name = factory.Sequence(lambda n: f"阴山年货展销会{n}（虚构）")
    name_en = factory.Sequence(lambda n: f"Yinshan New Year fair {n} (fictional)")
    theme = "年夜饭的北边"
    theme_en = "The northern side of New Year's Eve"
    state = Fair.State.CALL
    begins_on = date(2027, 1, 15)
    ends_on = date(2027, 1, 17)
    opens_at = time(9)
    closes_at = time(18)
    venue = "北城会展馆（虚构）"
    venue_en = "Beicheng hall (fictional)"
    region_id = DONGCHENG
    address = "北城路1号"
    transport = "地铁北城站下车。"
    expected_visitors = 800
    call_closes_at = DEADLINE


class ZoneFactory(DjangoModelFactory):
    class Meta:
        model = Zone

    fair = factory.SubFactory(FairFactory)
    code = factory.Sequence(lambda n: chr(ord("A") + n % 26))
    name = "燕麦区"
    name_en = "Oats"
    colour = "oat"


class BoothFactory(DjangoModelFactory):
    class Meta:
        model = Booth

    zone = factory.SubFactory(ZoneFactory)
    fair = factory.SelfAttribute("zone.fair")
    number = factory.LazyAttributeSequence(lambda o, n: f"{o.zone.code}{n % 1000:03}")
    size = Decimal("9.0")


class ExhibitorFactory(DjangoModelFactory):
    """Accepted; `goods` are those it brings."""

    class Meta:
        model = Exhibitor
        skip_postgeneration_save = True

    fair = factory.SubFactory(FairFactory)
    cooperative = factory.SubFactory(CooperativeFactory)
    county = factory.SelfAttribute("cooperative.county")
    state = Exhibitor.State.ACCEPTED
    applied_at = MADE

    @factory.post_generation
    def goods(self, create, goods, **kwargs):
        for product in goods or ():
            self.goods.create(product=product)


class AllotmentFactory(DjangoModelFactory):
    """Confirmed, of a booth of the exhibitor's fair."""

    class Meta:
        model = Allotment

    exhibitor = factory.SubFactory(ExhibitorFactory)
    fair = factory.SelfAttribute("exhibitor.fair")
    booth = factory.SubFactory(BoothFactory, zone__fair=factory.SelfAttribute("...fair"))
    made_at = MADE
    held_until = LATER
    confirmed_at = MADE
