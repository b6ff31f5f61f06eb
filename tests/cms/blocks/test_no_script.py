"""What an editor pastes cannot run in a visitor's browser, whichever way it came in."""

import json
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.home.models import StandardPage
from marketplace.accounts.models import User
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db

PASTED = [
    "<p>好<script>alert(1)</script></p>",
    '<p>好<img src="x" onerror="alert(1)"></p>',
    '<p>好<a href="javascript:alert(1)">点这里</a></p>',
    '<p>好<a href="jav&#x09;ascript:alert(1)">点这里</a></p>',
    '<p onclick="alert(1)">好</p>',
    '<p>好<iframe src="https://evil.example/"></iframe></p>',
    '<p>好<svg onload="alert(1)"><style>*{}</style></svg></p>',
]
KNOWN = {"div", "p", "a", "h2", "section", "details", "summary"}


class Reader(HTMLParser):
    """What a browser would find in the text of the page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.addresses += [value for name, value in attrs if name == "href"]


def assert_nothing_runs(client):
    html = client.get("/rules/").content.decode()
    body = html.partition('<div class="page-body')[2].partition("</main>")[0]
    assert "好" in body
    read = Reader(f'<div class="{body}')
    assert read.tags <= KNOWN
    assert read.attributes <= {"class", "href"}
    assert read.addresses == []


@pytest.fixture
def page(home):
    return publish(home.add_child(instance=StandardPage(title="规则", slug="rules")))


def pasted(text, url=None):
    """As the admin's editor sends it: a paragraph of that text, its first sign a link."""
    ranges = [{"offset": 0, "length": 1, "key": 0}] if url else []
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    link = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}} if url else {}
    return json.dumps({"blocks": [{**block, "entityRanges": ranges}], "entityMap": link})


@pytest.mark.parametrize("text", PASTED)
@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_a_paste_in_the_admin_does_not_run(client, page, text, url):
    client.force_login(User.objects.create_superuser("boss@example.com", "yanmai-xiangle-2026"))
    data = nested_form_data(
        {
            "title": "规则",
            "slug": "rules",
            "body": streamfield([("text", {"text": pasted(text, url)})]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(address, data).status_code == 302
    client.logout()
    assert_nothing_runs(client)


@pytest.mark.parametrize("text", PASTED)
@pytest.mark.parametrize("kind", ["text", "questions"])
def test_raw_html_in_a_stored_value_does_not_run(client, page, text, kind):
    rows = {
        "text": {"text": text},
        "questions": {"title": "问", "questions": [{"question": "问", "answer": text}]},
    }
    publish(page, body=json.dumps([{"type": kind, "value": rows[kind]}]))
    assert_nothing_runs(client)


def test_what_the_tools_make_stays(client, page):
    text = (
        "<h2>谁在卖</h2><p><b>证照</b>过期就<i>下架</i>。</p><ol><li>先公示</li></ol><hr/>"
        f'<p><a linktype="page" id="{page.pk}">规则</a> <a href="https://a.cn/?b=1&amp;c=2">外面</a></p>'
    )
    publish(page, body=[("text", {"text": text})])
    html = client.get("/rules/").content.decode()
    for part in ("<h2>谁在卖</h2>", "<b>证照</b>", "<ol><li>先公示</li></ol>", "<hr/>"):
        assert part in html
    assert '<a href="/rules/">规则</a>' in html
    assert '<a href="https://a.cn/?b=1&amp;c=2">外面</a>' in html


def test_plain_fields_are_shown_as_they_were_typed(client, page):
    quote = {"text": "<script>alert(1)</script>", "who": '"><img onerror=x>', "role": ""}
    publish(page, title="<script>alert(1)</script>", body=[("quote", quote)])
    html = client.get("/rules/").content.decode()
    assert "<script>alert" not in html
    assert "<img onerror" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
