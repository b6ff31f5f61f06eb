"""A stock django-oscar and ours beside each other on the same goods, database and servers.

They take turns, so that whatever else the machine does falls on both; the medians count.
"""

import itertools
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings

from marketplace.shop.shelf import PAGE_SIZE
from tests.bench import ours
from tests.bench.counting import BUYING, count_all
from tests.bench.crowd import Crush, crush, set_stock
from tests.bench.goods import Good, goods_on_shelf, places_to_buy
from tests.bench.measure import Cost
from tests.bench.server import database_url
from tests.bench.shop import Shop
from tests.bench.site import running_server
from tests.bench.stall import Reading, Stall
from tests.bench.stock.setup import stock_shop
from tests.database import Templates
from tests.marketplace.demo.stripe_process import running_stripe

TURNS = 3
PLENTY = 1_000_000
SHOWN = 20
THREADS_OF_A_CRUSH = (1, 8)
OUR_CARD = '<article class="card tone-'
Pair = tuple[Cost, Cost]


class Comparison(NamedTuple):
    """Stock first, ours second; `crushes` by the threads of each of the two processes."""

    costs: Mapping[str, Pair]
    crushes: Mapping[int, tuple[Crush, Crush]]


def compare(templates: Templates, say: Callable[[str], None]) -> Comparison:
    goods = goods_on_shelf()
    shown = range(len(goods) - SHOWN, len(goods))
    with ExitStack() as stack:
        stack.enter_context(payment_server())
        stock = stack.enter_context(stock_shop(templates, goods, shown))
        shops = (stock, our_shop(templates, goods, shown))
        for shop in shops:
            set_stock(shop, shop.goods, PLENTY)
        say(f"{len(goods)} goods for sale, on the shelf of a stock django-oscar too; comparing")
        costs = measured(shops)
        crushes = {many: tuple(crush(shop, many) for shop in shops) for many in THREADS_OF_A_CRUSH}
    return Comparison(costs, crushes)


def our_shop(templates: Templates, goods: list[Good], shown: Sequence[int]) -> Shop:
    return Shop(
        name="ours",
        database=database_url(templates.name),
        run=partial(running_server, templates),
        list_pages=["/shop/", "/shop/?page=2"],
        card=OUR_CARD,
        product_pages=[goods[place].product.get_absolute_url() for place in shown],
        basket_page="/shop/basket/",
        goods=[goods[place].pack.pk for place in places_to_buy(goods)],
        way=ours,
        count=partial(count_all, ours),
    )


@contextmanager
def payment_server() -> Iterator[None]:
    """The demonstration's, for ours; what it would tell the shop afterwards is dropped."""
    before = settings.STRIPE_API_BASE
    with TemporaryDirectory() as folder, running_stripe(Path(folder)) as server:
        server.switch(lose=True)
        settings.STRIPE_API_BASE = server.base
        try:
            yield
        finally:
            settings.STRIPE_API_BASE = before


def measured(shops: Sequence[Shop]) -> dict[str, Pair]:
    """By page; the name of the purchase says how many requests it takes."""
    with ExitStack() as stack:
        stalls = [Stall(shop, stack.enter_context(shop.run(1)), PAGE_SIZE) for shop in shops]
        queries = [stall.queries() for stall in stalls]
        costs = {name: costs_of(name, stalls, queries) for name in queries[0]}
    requests = " and ".join(str(stall.requests) for stall in stalls)
    return costs | {f"checkout, {requests} requests": costs.pop(BUYING)}


def costs_of(name: str, stalls: Sequence[Stall], queries: Sequence[Mapping[str, int]]) -> Pair:
    turns: list[list[Reading]] = [[], []]
    for _, (mine, stall) in itertools.product(range(TURNS), list(zip(turns, stalls, strict=True))):
        mine.append(stall.read(name))
    return tuple(
        Cost(
            counted[name],
            statistics.median(turn.milliseconds for turn in mine),
            statistics.median(turn.rate for turn in mine),
        )
        for mine, counted in zip(turns, queries, strict=True)
    )
