"""Sets the stock shop up from the installed package: database, goods, index, server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import oscar

from marketplace.shop.shelf import PAGE_SIZE
from tests.bench.goods import Good, exported, places_to_buy
from tests.bench.server import ROOT, database_url, running
from tests.bench.shop import Pages, Shop
from tests.bench.stock import buying
from tests.database import Templates

TEMPLATE = f"stock_{oscar.get_version()}_{django.get_version()}"
CARD = '<article class="product_pod">'


@contextmanager
def stock_shop(templates: Templates, goods: list[Good], shown: Sequence[int]) -> Iterator[Shop]:
    """With our goods; `shown` are the places in `goods` whose pages are measured."""
    name = f"stock_{os.getpid()}"
    with TemporaryDirectory() as folder:
        environment = stock_environment(database_url(name), folder)
        make_database(templates, name, environment)
        try:
            rows = load(goods, environment, Path(folder))
            yield Shop(
                name="stock",
                database=database_url(name),
                run=partial(run, environment),
                list_pages=["/catalogue/", "/catalogue/?page=2"],
                card=CARD,
                product_pages=[rows[place]["page"] for place in shown],
                basket_page="/basket/",
                goods=[rows[place]["good"] for place in places_to_buy(goods)],
                way=buying,
                count=partial(count, environment),
            )
        finally:
            templates.drop(name)


def stock_environment(database: str, folder: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.bench.stock.settings",
        "DATABASE_URL": database,
        "STOCK_FOLDER": folder,
        "STOCK_PAGE_SIZE": str(PAGE_SIZE),
        # Whoosh is of 2016, and Python and Haystack say so on every start.
        "PYTHONWARNINGS": "ignore",
    }


def make_database(templates: Templates, name: str, environment: Mapping[str, str]) -> None:
    """Migrated once for each version of Oscar and Django, copied afterwards."""

    def migrate() -> None:
        making = {**environment, "DATABASE_URL": database_url(f"{TEMPLATE}_making")}
        python("django", "migrate", "--verbosity", "0", environment=making)

    templates.ensure(TEMPLATE, migrate)
    templates.use(templates.name)
    templates.create(name, TEMPLATE)


def load(goods: list[Good], environment: Mapping[str, str], folder: Path) -> list[dict]:
    path = folder / "goods.json"
    path.write_text(json.dumps(exported(goods)), "utf-8")
    return json.loads(python("tests.bench.stock.load", str(path), environment=environment))


def count(environment: Mapping[str, str], pages: Pages, good: int) -> dict[str, int]:
    asked = json.dumps({"pages": pages, "good": good})
    return json.loads(python("tests.bench.stock.count", environment=environment, sent=asked))


def python(*arguments: str, environment: Mapping[str, str], sent: str = "") -> str:
    """What the module, run in the stock shop's own process, writes."""
    command = [sys.executable, "-m", *arguments]
    environment = {**os.environ, **environment}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input=sent,
        text=True,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


def run(environment: Mapping[str, str], threads: int):
    return running(
        "tests.bench.stock.wsgi:application", environment, probe="/basket/", threads=threads
    )
