"""A shop whose server runs: its pages and its checkout, measured in short turns."""

import itertools
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from tests.bench.counting import BUYING
from tests.bench.measure import SECONDS, THREADS, median_time, rate
from tests.bench.pages import anew
from tests.bench.shop import Pages, Shop
from tests.bench.visitor import visiting

REQUESTS, PURCHASES = 20, 5


class Reading(NamedTuple):
    """One turn: median milliseconds of one visitor, pages or orders a second of eight at once."""

    milliseconds: float
    rate: float


class Stall:
    """`requests` is how many a purchase takes. A stock shop keeps no page, ours does."""

    def __init__(self, shop: Shop, port: int, page_size: int) -> None:
        self.shop, self.port = shop, port
        self.buyers = itertools.count()
        self.check_cards(page_size)
        self.requests = self.buy()
        self.pages: Pages = {
            "list": (shop.list_pages, {}),
            "list, made anew": ([anew(path) for path in shop.list_pages], {}),
            "product": (shop.product_pages, {}),
            "product, made anew": ([anew(path) for path in shop.product_pages], {}),
            f"basket, {len(shop.goods)} lines": ([shop.basket_page], self.filled_basket()),
        }

    def check_cards(self, page_size: int) -> None:
        """Without its goods a list would be quick; Oscar's `simple` search backend shows none."""
        with visiting(self.port) as visitor:
            for path in self.shop.list_pages:
                cards = visitor.get(path).expect().text.count(self.shop.card)
                if cards != page_size:
                    raise RuntimeError(f"{self.shop.name}: {cards} cards on {path}")

    def filled_basket(self) -> dict[str, str]:
        """The cookies that lead to it; the page is read once, for what it says only once."""
        with visiting(self.port) as visitor:
            for good in self.shop.goods:
                self.shop.way.add(visitor, good)
            visitor.get(self.shop.basket_page).expect()
            return dict(visitor.cookies)

    def queries(self) -> dict[str, int]:
        return self.shop.count(self.pages, self.shop.goods[0])

    def read(self, name: str) -> Reading:
        if name == BUYING:
            return self.read_buying()
        paths, cookies = self.pages[name]
        one = median_time(self.port, paths, cookies, REQUESTS)
        return Reading(one, rate(self.port, paths, cookies))

    def read_buying(self) -> Reading:
        times = []
        for _ in range(PURCHASES):
            begun = time.perf_counter()
            self.buy()
            times.append(time.perf_counter() - begun)
        begun = time.monotonic()
        with ThreadPoolExecutor(THREADS) as pool:
            orders = sum(pool.map(self.buy_until, [begun + SECONDS] * THREADS))
        return Reading(statistics.median(times) * 1000, orders / (time.monotonic() - begun))

    def buy_until(self, end: float) -> int:
        orders = 0
        while time.monotonic() < end:
            self.buy()
            orders += 1
        return orders

    def buy(self) -> int:
        """From the button under one good to the placed order; the number of requests."""
        good = self.shop.goods[next(self.buyers) % len(self.shop.goods)]
        with visiting(self.port) as visitor:
            answer = self.shop.way.place(visitor, self.shop.way.prepare(visitor, good))
            if not self.shop.way.is_placed(answer):
                raise RuntimeError(f"{self.shop.name}: {answer.status} {answer.location}")
            return visitor.requests
