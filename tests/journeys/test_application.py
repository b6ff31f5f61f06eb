"""Applying for a fair: questions come and go while somebody writes, and take nothing with them."""

import pytest
from playwright.sync_api import expect

from marketplace.fairs.models import Exhibitor, Question
from tests.factories.fairs import FairFactory
from tests.journeys.conftest import PHONE
from tests.journeys.phones import Phones

GROWER = "yunmaiduo"


@pytest.fixture
def viewport():
    return PHONE


@pytest.fixture
def fair(site):
    fair = FairFactory()
    about = {"fair": fair, "is_required": False}
    Question.objects.create(key="cold", text="要冷柜吗？", kind="yes_no", sort_order=0, **about)
    rests = {"only_if": "cold", "only_if_answer": "是"}
    Question.objects.create(key="why", text="放什么？", kind="text", sort_order=1, **rests, **about)
    Question.objects.create(key="new", text="带什么新货？", kind="text", sort_order=2, **about)
    return fair


def test_what_is_typed_stays_while_questions_come_and_go(new_context, site, fair):
    phone = Phones(lambda: new_context().new_page(), site).of("cooperative")
    phone.open("coop_fair_apply", GROWER, fair.pk)
    main = phone.page.locator("main")
    why, new = main.locator("[name=q_why]"), main.locator("[name=q_new]")
    expect(why).to_be_hidden()
    new.click()
    phone.page.keyboard.type("今年")
    # Answered as a script of a slow phone would see it: between two letters of another answer.
    phone.page.evaluate("document.querySelector('[name=q_cold][value=yes]').click()")
    phone.page.keyboard.type("的莜麦")
    expect(new).to_be_focused()
    expect(new).to_have_value("今年的莜麦")
    expect(why).to_be_visible()
    why.fill("羊肉")
    main.locator("[name=q_cold][value=no]").check()
    expect(why).to_be_hidden()
    main.locator("[name=q_cold][value=yes]").check()
    expect(why).to_have_value("羊肉")
    phone.look()
    phone.press("Keep it", "draft")
    kept = Exhibitor.objects.get(fair=fair, cooperative__slug=GROWER)
    assert kept.answers == {"cold": "yes", "why": "羊肉", "new": "今年的莜麦"}
