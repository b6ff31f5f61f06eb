"""A fair with its pages in both languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from wagtail.models import Locale

from cms.expos.models import FairIndexPage, FairPage
from marketplace.fairs.models import Fair, FairOrganisation, Organisation, Session
from tests.cms.conftest import publish
from tests.factories.fairs import BEIJING, FairFactory
from tests.factories.visitors import SessionFactory

BEFORE = datetime(2027, 1, 5, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SECTIONS = [
    ("text", {"text": "<p>从阴山北麓来。</p>"}),
    ("exhibitors", {"title": "谁来摆摊", "count": 8}),
    ("booth_plan", {"title": "摊位图", "aisle": "主路 · 试吃长桌"}),
    ("timetable", {"title": "三天节目"}),
    ("place", {"title": "怎么来"}),
    ("hosts", {"title": "谁办的"}),
    ("sign_up", {"title": "预约入场", "text": "一个手机号一张票。"}),
]


@pytest.fixture
def ten_days_before():
    with time_machine.travel(BEFORE, tick=False):
        yield BEFORE


@pytest.fixture
def fair(db):
    fair = FairFactory(name="年货进京（虚构）", state=Fair.State.PLANNED)
    host = Organisation.objects.create(
        name="阴山集展会组（虚构）", name_en="Fair office (fictional)"
    )
    FairOrganisation.objects.create(fair=fair, organisation=host, role="host")
    return fair


@pytest.fixture
def fairs_index(home):
    return publish(home.add_child(instance=FairIndexPage(title="展销会", slug="expos")))


@pytest.fixture
def fair_page(fairs_index, fair, image):
    page = FairPage(
        title="年货进京",
        slug="new-year",
        fair=fair,
        kicker="2027 阴山北麓年货进京展销会",
        headline="一袋新麦，\n一筐土豆，一只羊",
        introduction="三天，一个厅。",
        image=image,
        phone_image=image,
        thanks="谢谢来的每一位。",
        body=SECTIONS,
    )
    return publish(fairs_index.add_child(instance=page))


@pytest.fixture
def english_fair_page(fairs_index, fair_page, english_home):
    english = Locale.objects.get(language_code="en")
    index = fairs_index.copy_for_translation(english)
    publish(index, title="Fairs")
    return publish(fair_page.copy_for_translation(english), title="New Year fair")


@pytest.fixture
def entry(db):
    """The first day of a planned fair."""
    return SessionFactory()


def session(fair, kind, title, day, hour, **values):
    begins = datetime(2027, 1, day, hour, tzinfo=BEIJING)
    return Session.objects.create(
        fair=fair,
        kind=kind,
        title=title,
        begins_at=begins,
        ends_at=begins.replace(hour=hour + 1),
        **values,
    )
