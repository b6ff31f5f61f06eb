"""A shop whose web and worker are processes that can be killed, with a Stripe of its own."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from signal import SIGKILL
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.order.services import place_order
from marketplace.payment import gateway
from tests.factories import ProductFactory
from tests.marketplace.buying import basket_with, purchase_of
from tests.marketplace.demo.stripe_process import SECRET, running_stripe
from tests.marketplace.payment.truths import stock_now


class Shop:
    """What it does is done by children of the nursery, on the database of the test."""

    def __init__(self, nursery, stripe, settings, mails: Path):
        self.nursery, self.stripe, self.mails = nursery, stripe, mails
        self.settings = {
            "STRIPE_SECRET_KEY": "sk_test_tests",
            "STRIPE_API_BASE": stripe.base,
            "STRIPE_WEBHOOK_SECRETS": [SECRET],
            "STRIPE_ACCOUNT": "",
        }
        for name, value in self.settings.items():
            setattr(settings, name, value)
        self.settings["EMAIL_FILE_PATH"] = str(mails)

    def ask(self, step: str, point: str = "", later: float = 0) -> dict:
        wanted = {"step": step, "point": point, "later": later, "settings": self.settings}
        self.nursery.stdin.write(json.dumps(wanted) + "\n")
        self.nursery.stdin.flush()
        return json.loads(self.nursery.stdout.readline())

    def do(self, step: str, **about):
        answer = self.ask(step, **about)
        assert answer["ended"] == 0
        return answer["returned"]

    def die(self, step: str, point: str, **about) -> None:
        """The step's process is killed at that point, which it reaches for certain."""
        assert self.ask(step, point, **about)["ended"] == -SIGKILL

    def sent_mails(self) -> Counter:
        """How often each subject was sent."""
        parse = BytesParser(policy=policy.default).parsebytes
        rule = b"\n" + b"-" * 79 + b"\n"
        texts = [text for file in self.mails.iterdir() for text in file.read_bytes().split(rule)]
        return Counter(str(parse(text)["Subject"]).strip() for text in texts if text.strip())

    def intents(self) -> list[gateway.Intent]:
        return list(gateway.list_intents(since=timezone.now() - timedelta(hours=1)))

    def refunds(self) -> list[gateway.Refund]:
        return list(gateway.list_refunds(since=timezone.now() - timedelta(hours=1)))


@pytest.fixture(scope="session")
def nursery(django_db_setup):
    database = urlsplit(os.environ["DATABASE_URL"])
    database = database._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "STRIPE_SECRET_KEY": "sk_test_tests",
    }
    command = [sys.executable, "-m", "tests.faults.nursery"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, text=True, **pipes) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def shop(transactional_db, nursery, settings, tmp_path):
    mails = tmp_path / "mails"
    mails.mkdir()
    gateway.make_client.cache_clear()
    with running_stripe(tmp_path / "stripe") as stripe:
        yield Shop(nursery, stripe, settings, mails)


@pytest.fixture
def order(shop):
    """Two parcels, just placed; its mail is sent."""
    basket = basket_with((ProductFactory(), 3), (ProductFactory(storage="frozen"), 2))
    purchase = purchase_of(basket)
    return place_order(basket=basket, purchase=purchase, user=None, now=timezone.now())


@pytest.fixture
def at_first(order):
    return stock_now()
