"""Journeys: a real browser on a live server over the demonstration world."""

import os
import shutil

import pytest
from playwright.sync_api import expect

from tests.database import ensure_demo_template
from tests.marketplace.demo.stripe_process import SECRET, running_stripe

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=15_000)
PHONE, DESKTOP = (390, 844), (1440, 900)
# For what does not depend on the width.
on_a_phone = pytest.mark.parametrize("viewport", [PHONE], ids=["390"])


@pytest.fixture(scope="session")
def demo_template(templates, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        made = ensure_demo_template(templates)
        templates.use(templates.name)
    return made


@pytest.fixture
def demo_world(transactional_db, templates, demo_template, settings):
    """The database is a fresh copy of the demonstration world, with its pictures."""
    name, settings.MEDIA_ROOT = demo_template
    templates.restore(name)


@pytest.fixture
def site(demo_world, live_server, settings) -> str:
    """Address of the running shop."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def stripe(site, settings, tmp_path):
    """The payment server of the demonstration, which writes to the running shop."""
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
    with running_stripe(tmp_path, f"{site}/webhooks/stripe/") as stripe:
        settings.STRIPE_API_BASE = stripe.base
        yield stripe


@pytest.fixture
def shop(site, stripe) -> str:
    """The running shop with a payment server beside it."""
    return site


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's Chromium when there is one, else Playwright's own."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = {**browser_type_launch_args, "args": ["--no-sandbox", "--disable-gpu"]}
    return {**arguments, "executable_path": installed} if installed else arguments


@pytest.fixture(params=[PHONE, DESKTOP], ids=["390", "1440"])
def viewport(request):
    """Journeys are made on a phone on PostgreSQL and on a wide screen on SQLite: each width and
    each database sees all of them. What is about looks is on PostgreSQL on both; see
    tests/conftest.py."""
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, viewport):
    width, height = viewport
    return {
        **browser_context_args,
        "viewport": {"width": width, "height": height},
        "locale": "zh-CN",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def new_context(new_context):
    """Whatever anybody does in a journey, no script fails."""
    faults = []

    def watched(**arguments):
        context = new_context(**arguments)
        context.on("weberror", lambda fault: faults.append(f"{fault.page.url}: {fault.error}"))
        return context

    yield watched
    assert faults == []


@pytest.fixture
def is_phone(viewport) -> bool:
    return viewport == PHONE
