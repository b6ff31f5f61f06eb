"""Sections that show a chosen fair on pages that are not the fair's."""

import re
from datetime import date, datetime, time

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.models import ReferenceIndex

from cms.blocks.hints_panel import HintsPanel
from cms.blocks.place import PlaceBlock
from cms.blocks.timetable import TimetableBlock
from cms.expos.models import FairPage
from cms.home.models import StandardPage
from cms.stories.models import StoryIndexPage, StoryPage
from marketplace.fairs.models import Fair, Session
from tests.cms.conftest import publish, shelf
from tests.cms.expos.conftest import session
from tests.factories.fairs import BEIJING, FairFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ten_days_before")]

ROWS = [
    {"type": "item", "value": {"day": day, "time": at, "what": what, "where": where}}
    for day, at, what, where in [
        ("2027-01-02", "09:30", "头一车卸货", "广场中间"),
        ("2027-01-02", "14:00", "土豆怎么存", ""),
    ]
]
HINT = "Visitors do not see this: the fair is a draft, has no published page, or is gone."
WRITTEN_PLACE = {"name": "北坡石磨坊（虚构）", "address": "哈乐镇", "transport": "呼武公路"}


@pytest.fixture
def page(home):
    return publish(home.add_child(instance=StandardPage(title="一篇", slug="page")))


def shown(client, page, *body):
    publish(page, body=list(body))
    cache.clear()
    return client.get(page.get_url()).content.decode()


def at(day, hour, minute=0):
    return time_machine.travel(datetime(2027, 1, day, hour, minute, tzinfo=BEIJING), tick=False)


def countdown(fair, title=""):
    return ("countdown", {"fair": fair.pk, "title": title})


def timetable(fair, title="三天节目"):
    return ("timetable", {"fair": fair.pk, "title": title})


def place(fair, image=None):
    return ("place", {"fair": fair.pk, "title": "怎么来", "image": image and image.pk})


def sign_up(fair):
    return ("sign_up", {"fair": fair.pk, "title": "预约入场", "text": "一个手机号一张票。"})


def every_section(fair, image=None):
    return [countdown(fair), timetable(fair), place(fair, image), sign_up(fair)]


def days_said(html):
    return re.search(r'data-part="days">(\d+)<', html)


@pytest.mark.parametrize(
    ("day", "hour", "days", "words"),
    [
        (5, 8, "10", "分后开门"),
        (14, 20, "0", "分后开门"),
        (15, 8, None, "这几天就在办"),
        (15, 9, None, "正在开放"),
        (17, 18, None, "这一届办完了"),
    ],
)
def test_countdown_says_how_long_that_it_is_on_and_that_it_is_over(
    client, page, fair, fair_page, day, hour, days, words
):
    with at(day, hour):
        html = shown(client, page, countdown(fair))
    found = days_said(html)
    assert (found and found[1]) == days
    assert words in html


def test_countdown_follows_the_fair_and_leads_to_its_page(client, page, fair, fair_page):
    Fair.objects.filter(pk=fair.pk).update(begins_on=date(2027, 1, 8))
    html = shown(client, page, countdown(fair, "离年货上车"))
    assert days_said(html)[1] == "3"
    assert 'data-until="2027-01-08T09:00:00+08:00"' in html
    assert '<a href="/expos/new-year/">离年货上车</a>' in html


def test_script_of_the_countdown_is_asked_for_once_and_only_where_there_is_one(
    client, page, fair, fair_page
):
    assert shown(client, page, countdown(fair), countdown(fair)).count("js/countdown.js") == 1
    assert "js/countdown.js" not in shown(client, page, sign_up(fair))
    own = ("countdown", {"title": "还有几天"})
    assert shown(client, fair_page, own).count("js/countdown.js") == 1


def test_timetable_is_the_programme_of_the_fair_with_its_seats(client, page, fair, fair_page):
    session(fair, "entry", "入场那一行", 15, 9, capacity=500)
    session(fair, "show", "现推窝窝", 15, 10, place="试吃长桌")
    session(fair, "talk", "藜麦怎么煮", 16, 10, capacity=30, taken=30)
    html = shown(client, page, timetable(fair))
    for words in ("1月15日（周五）", "现推窝窝", "试吃长桌", "名额已满，可以候补"):
        assert words in html
    assert "入场那一行" not in html
    Session.objects.filter(title="现推窝窝").update(title="改成看羊")
    assert "改成看羊" in shown(client, page, timetable(fair))


def test_timetable_can_be_written_without_a_fair(client, page):
    html = shown(client, page, ("timetable", {"title": "开磨那天", "rows": written_rows()}))
    assert "1月2日（周六）" in html
    assert re.search(r"9:30</b>\s*<span>头一车卸货", html)
    assert "土豆怎么存" in html


def written_rows():
    return [
        {**row["value"], "day": date(2027, 1, 2), "time": time.fromisoformat(row["value"]["time"])}
        for row in ROWS
    ]


@pytest.mark.parametrize("with_fair", [True, False])
def test_a_fair_or_words_one_of_the_two(fair, with_fair):
    key = fair.pk if with_fair else None
    rows = ROWS if with_fair else []
    place = WRITTEN_PLACE if with_fair else dict.fromkeys(WRITTEN_PLACE, "")
    for block, value, field in (
        (TimetableBlock(), {"title": "节目", "fair": key, "rows": rows}, "rows"),
        (PlaceBlock(), {"title": "怎么来", "fair": key, **place}, "name"),
    ):
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.to_python(value))
        assert list(refusal.value.block_errors) == [field]


def test_place_shows_map_address_and_every_way_there(client, page, fair, fair_page, image):
    Fair.objects.filter(pk=fair.pk).update(
        transport="地铁北城站\n公交12路", latitude="39.9456", longitude="116.4632"
    )
    html = shown(client, page, place(fair, image))
    for words in ("北城会展馆（虚构）", "北城路1号", "地铁北城站<br>公交12路", 'alt="田野"'):
        assert words in html
    assert "https://uri.amap.com/marker?position=116.463200%2C39.945600" in html


def test_place_can_be_written_without_a_fair(client, page):
    html = shown(client, page, ("place", {"title": "磨坊在哪儿", **WRITTEN_PLACE}))
    for words in ("磨坊在哪儿", *WRITTEN_PLACE.values()):
        assert words in html


@pytest.mark.parametrize(
    ("state", "taken", "day", "words", "takes"),
    [
        ("call", 0, 5, "Sign-up is not open yet.", False),
        ("planned", 0, 5, "Free; one ticket per mobile number.", True),
        ("planned", 500, 5, "Join the waiting list", True),
        ("running", 0, 16, "Sign-up is over.", False),
        ("closed", 0, 5, "Sign-up is over.", False),
    ],
)
def test_sign_up_says_how_it_stands(client, page, fair, fair_page, state, taken, day, words, takes):
    session(fair, "entry", "入场", 15, 9, capacity=500, taken=taken)
    Fair.objects.filter(pk=fair.pk).update(state=state)
    with at(day, 12):
        html = shown(client, page, sign_up(fair))
    assert gettext(words) in html
    address = reverse("tickets:new", args=[fair.pk])
    assert (f'href="{address}"' in html) == takes
    assert ('href="/expos/new-year/"' in html) != takes


def test_sections_of_a_fair_stand_on_stories_too(client, home, fair, fair_page):
    stories = publish(home.add_child(instance=StoryIndexPage(title="故事", slug="stories")))
    story = publish(stories.add_child(instance=StoryPage(title="下窖", slug="cellar")))
    html = shown(client, story, *every_section(fair))
    assert days_said(html)[1] == "10"
    assert "北城会展馆（虚构）" in html


def test_fair_page_shows_its_own_fair_in_them(client, fair, fair_page, image):
    session(fair, "show", "现推窝窝", 15, 10)
    body = [
        ("countdown", {"title": "还有几天"}),
        ("timetable", {"title": "节目"}),
        ("place", {"title": "怎么来", "image": image.pk}),
    ]
    html = shown(client, fair_page, *body)
    assert html.count('data-part="days">10<') == 2
    assert "现推窝窝" in html
    assert "北城路1号" in html


def hide_as_draft(fair, fair_page):
    Fair.objects.filter(pk=fair.pk).update(state="draft")


def hide_its_page(fair, fair_page):
    fair_page.unpublish()


def delete(fair, fair_page):
    fair_page.delete()
    fair.delete()


@pytest.mark.parametrize("hide", [hide_as_draft, hide_its_page, delete])
def test_a_fair_that_is_not_public_is_not_shown_and_its_editor_is_told(
    client, page, fair, fair_page, hide
):
    body = every_section(fair)
    name, hint = fair.name, escape(gettext(HINT))
    hide(fair, fair_page)
    html = shown(client, page, *body, ("text", {"text": "<p>别的还在。</p>"}))
    assert "别的还在。" in html
    for words in (name, "怎么来", "预约入场", "三天节目", hint):
        assert words not in html
    preview = page.make_preview_request().render().content.decode()
    assert preview.count(hint) == 4
    panel = HintsPanel().bind_to_model(StandardPage)
    rows = panel.get_bound_panel(instance=page, request=None, form=None).rows
    assert len(rows) == 4


def test_editor_is_not_told_of_what_is_seen(page, fair, fair_page):
    publish(page, body=every_section(fair))
    panel = HintsPanel().bind_to_model(StandardPage)
    assert not panel.get_bound_panel(instance=page, request=None, form=None).is_shown()


def test_english_page_leads_to_the_english_page_of_the_fair(
    client, english_home, fair, english_fair_page
):
    html = shown(client, english_home, countdown(fair))
    assert 'href="/en/expos/new-year/"' in html
    assert "15–17 January 2027" in html


def test_fairs_that_sections_show_are_recorded(
    page, fair, fair_page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, body=[countdown(fair)])
    sources = ReferenceIndex.get_references_to(fair)
    assert page.pk in {int(row.object_id) for row in sources}


@pytest.mark.parametrize("count", [1, 6])
def test_any_number_of_fairs_in_any_number_of_sections_costs_the_same(
    client, page, fairs_index, image, count, django_assert_num_queries
):
    body = [shelf(rule="newest")]
    for number in range(count):
        fair = FairFactory(state="planned")
        page_of_fair = FairPage(title="展", slug=f"fair-{number}", fair=fair)
        publish(fairs_index.add_child(instance=page_of_fair))
        session(fair, "show", "现推窝窝", 15, 10)
        body += every_section(fair, image)
    shown(client, page, *body)
    cache.clear()
    with django_assert_num_queries(11):
        html = client.get("/page/").content.decode()
    assert html.count("现推窝窝") == count
