"""A cooperative's first page as it is read, and a trade to be read there."""

import re
from datetime import timedelta
from itertools import count as count_from

from catalog.producers.models import CooperativePaper
from marketplace.order.models import Consignment, Order
from tests.factories.lots import paper_of
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.walking import member_of

numbers = count_from(1)


def page(client, maker, role: str = "owner") -> str:
    client.force_login(member_of(maker, role, f"{role}{next(numbers)}"))
    return again(client, maker)


def again(client, maker) -> str:
    response = client.get(f"/en/dashboard/c/{maker.slug}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def on(order: Order, days_ago: int, hour: int = 12) -> Order:
    at = (NOW - timedelta(days=days_ago)).replace(hour=hour, minute=0)
    Order.objects.filter(pk=order.pk).update(date_placed=at)
    return order


def jobs(html: str) -> list[str]:
    part = html.partition('id="jobs"')[2].partition('aria-labelledby="sales"')[0]
    return re.findall(r'<b class="door__name"[^>]*>([^<]+)</b>', part)


def held(maker, until: int | None, begins: int = -300, kind: str = "business_licence"):
    ends = None if until is None else DAY + timedelta(days=until)
    paper = paper_of(kind, begins=DAY + timedelta(days=begins), ends=ends)
    CooperativePaper.objects.create(cooperative=maker, paper=paper)


def cancel(order: Order) -> None:
    for parcel in order.consignments.all():
        Consignment.objects.filter(pk=parcel.pk).update(state="cancelled")
        parcel.steps.create(state="cancelled", at=NOW, reason="不要了")
