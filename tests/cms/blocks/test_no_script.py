"""What an editor pastes cannot run in a visitor's browser, whichever way it came in."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.home.models import StandardPage
from marketplace.accounts.models import User
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db

PASTED = [
    "<p>好<script>alert(1)</script></p>",
    '<p>好<img src="x" onerror="alert(1)"></p>',
    '<p>好<a href="javascript:alert(1)">点这里</a></p>',
    '<p onclick="alert(1)">好</p>',
    '<p>好<iframe src="https://evil.example/"></iframe></p>',
]
RUNS = ("alert(1)", "onerror", "onclick", "javascript:", "<iframe", "evil.example")


@pytest.fixture
def page(home):
    return publish(home.add_child(instance=StandardPage(title="规则", slug="rules")))


def body_of(client):
    html = client.get("/rules/").content.decode()
    return html.partition('<main id="main"')[2].partition("</main>")[0]


@pytest.mark.parametrize("text", PASTED)
def test_a_paste_in_the_admin_does_not_run(client, page, text):
    client.force_login(User.objects.create_superuser("boss@example.com", "yanmai-xiangle-2026"))
    sections = [("text", {"text": rich_text(text)})]
    data = nested_form_data(
        {
            "title": "规则",
            "slug": "rules",
            "body": streamfield(sections),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    client.logout()
    html = body_of(client)
    assert "好" in html
    assert [each for each in RUNS if each in html] == []


@pytest.mark.parametrize("text", PASTED)
@pytest.mark.parametrize("kind", ["text", "questions"])
def test_raw_html_in_a_stored_value_does_not_run(client, page, text, kind):
    rows = {
        "text": {"text": text},
        "questions": {"title": "问", "questions": [{"question": "问", "answer": text}]},
    }
    publish(page, body=json.dumps([{"type": kind, "value": rows[kind]}]))
    html = body_of(client)
    assert "好" in html
    assert [each for each in RUNS if each in html] == []


def test_plain_fields_are_shown_as_they_were_typed(client, page):
    quote = {"text": "<script>alert(1)</script>", "who": '"><img onerror=x>', "role": ""}
    publish(page, title="<script>alert(1)</script>", body=[("quote", quote)])
    html = client.get("/rules/").content.decode()
    assert "<script>alert" not in html
    assert "<img onerror" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
