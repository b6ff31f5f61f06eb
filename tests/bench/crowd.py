"""64 buyers press the button at the same moment for a good of which there are 20."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from typing import NamedTuple

import psycopg

from tests.bench.measure import THREADS
from tests.bench.shop import Shop
from tests.bench.visitor import Answer, HttpVisitor, visiting

BUYERS, PACKS = 64, 20
# Both shops keep Oscar's tables, so that neither is asked for its own opinion.
SET = """UPDATE partner_stockrecord SET num_in_stock = %s, num_allocated = 0
WHERE product_id = ANY(%s)"""
READ = """SELECT num_in_stock, coalesce(num_allocated, 0) FROM partner_stockrecord
WHERE product_id = %s"""
ORDERS = "SELECT count(*) FROM order_order"


class Crush(NamedTuple):
    """What the database says afterwards; `errors` are answers of 500 and more."""

    orders: int
    errors: int
    in_stock: int
    allocated: int


def set_stock(shop: Shop, goods: Sequence[int], number: int) -> None:
    with psycopg.connect(shop.database) as connection:
        connection.execute(SET, [number, list(goods)])


def crush(shop: Shop, threads: int) -> Crush:
    """On two processes of so many threads."""
    good = shop.goods[0]
    set_stock(shop, [good], PACKS)
    with psycopg.connect(shop.database, autocommit=True) as connection:
        before = connection.execute(ORDERS).fetchone()[0]
        answers = press_together(shop, good, threads)
        orders = connection.execute(ORDERS).fetchone()[0] - before
        in_stock, allocated = connection.execute(READ, [good]).fetchone()
    errors = sum(answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR for answer in answers)
    return Crush(orders, errors, in_stock, allocated)


def press_together(shop: Shop, good: int, threads: int) -> list[Answer]:
    gate = threading.Barrier(BUYERS, timeout=60)

    def press(visitor: HttpVisitor, form: Mapping[str, str]) -> Answer:
        # On a busy machine the server has given up a connection that waited for the others.
        visitor.connection.close()
        gate.wait()
        return shop.way.place(visitor, form)

    with ExitStack() as stack:
        port = stack.enter_context(shop.run(threads))
        visitors = [stack.enter_context(visiting(port)) for _ in range(BUYERS)]
        with ThreadPoolExecutor(THREADS) as pool:
            forms = list(pool.map(lambda visitor: shop.way.prepare(visitor, good), visitors))
        with ThreadPoolExecutor(BUYERS) as pool:
            return list(pool.map(press, visitors, forms))
