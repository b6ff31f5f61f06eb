"""General sections as visitors see them, and what they record of what they refer to."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ReferenceIndex

from cms.blocks.figures import FiguresBlock
from cms.blocks.video import VideoBlock
from cms.home.models import StandardPage
from cms.stories.models import StoryIndexPage, StoryPage
from tests.cms.conftest import publish, shelf
from tests.factories import CooperativeFactory, ProductFactory

pytestmark = pytest.mark.django_db
FIGURE = {"number": "1,380", "unit": "亩", "label": "坡地燕麦", "source": "台账（虚构）"}


@pytest.fixture
def page(home):
    return publish(home.add_child(instance=StandardPage(title="一篇", slug="page")))


def shown(client, page, *sections):
    publish(page, body=list(sections))
    return client.get("/page/").content.decode()


def film(image, url="https://video.example/a"):
    return ("video", {"title": "磨莜面", "url": url, "image": image.pk, "caption": ""})


def test_a_figure_says_where_it_comes_from_and_of_when_it_is(client, page):
    rows = [{**FIGURE, "as_of": "2026-10-31"}]
    html = shown(client, page, ("figures", {"title": "数", "figures": rows}))
    assert "1,380" in html
    assert "台账（虚构）" in html
    assert "2026年10月31日" in html


@pytest.mark.parametrize("missing", ["source", "as_of"])
def test_a_figure_without_source_or_date_is_refused(missing):
    block = FiguresBlock()
    row = {**FIGURE, "as_of": "2026-10-31", missing: None}
    value = block.to_python({"title": "数", "figures": [{"type": "item", "value": row}]})
    with pytest.raises(ValidationError) as refusal:
        block.clean(value)
    assert list(refusal.value.block_errors) == ["figures"]


@pytest.mark.parametrize(
    "url",
    ["http://a.cn/", "javascript:alert(1)", "https://", "//a.cn/", 'https://a.cn/" x'],
)
def test_a_film_stands_at_a_whole_https_address(url, image):
    block = VideoBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(film(image, url)[1]))


def test_a_film_is_a_link_and_nothing_is_embedded(client, page, image):
    html = shown(client, page, film(image))
    assert '<a href="https://video.example/a" rel="noopener noreferrer" target="_blank">' in html
    assert "<iframe" not in html
    assert "<video" not in html


def test_questions_open_without_script(client, page):
    row = {"question": "几天到？", "answer": "<p>次日。</p>"}
    html = shown(client, page, ("questions", {"title": "常问的", "questions": [row]}))
    assert '<summary class="question__asked">几天到？</summary>' in html


def test_a_deleted_picture_or_producer_leaves_the_others(client, page, image):
    stays, goes = CooperativeFactory.create_batch(2)
    rows = [{"image": image.pk, "caption": "在的"}, {"image": image.pk + 1, "caption": "没了的"}]
    keys = [stays.pk, goes.pk]
    goes.delete()
    html = shown(
        client,
        page,
        ("gallery", {"title": "窖", "pictures": rows}),
        ("producer_cards", {"title": "谁种的", "cooperatives": keys}),
        ("quote", {"text": "土豆怕光。", "who": "老郝（虚构）", "role": ""}),
    )
    assert "在的" in html
    assert "没了的" not in html
    assert stays.name in html
    assert "老郝（虚构）" in html


def test_what_sections_refer_to_is_recorded(home, page, image, django_capture_on_commit_callbacks):
    """So that the admin knows where a picture, a page or a good is used before it is deleted."""
    product = ProductFactory()
    stories = publish(home.add_child(instance=StoryIndexPage(title="故事", slug="stories")))
    story = publish(stories.add_child(instance=StoryPage(title="下窖", slug="cellar")))
    link = {"label": "读", "page": page.pk, "url": ""}
    body = [
        film(image),
        ("gallery", {"pictures": [{"image": image.pk, "caption": ""}]}),
        ("producer_cards", {"title": "谁", "cooperatives": [product.cooperative_id]}),
        ("story", {"title": "窖", "text": "土味", "image": image.pk, "link": link}),
        ("stories", {"title": "读", "rule": "chosen", "stories": [story.pk]}),
        shelf(goods=[product.pk], county=product.county_id),
        ("text", {"text": f'<p><a linktype="page" id="{page.pk}">这里</a></p>'}),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        publish(home, body=body)
    for row in (image, product, product.cooperative, product.county):
        assert ReferenceIndex.get_references_to(row).exists(), row
    assert ReferenceIndex.get_references_to(story).count() == 1
    assert ReferenceIndex.get_references_to(page).count() == 2


def test_who_made_a_picture_is_named_beside_it(client, page, image):
    image.credit = "云朵摄"
    image.save()
    rows = [{"image": image.pk, "caption": caption} for caption in ("近看", "")]
    sections = (("gallery", {"pictures": rows}), ("picture", {"image": image.pk, "caption": ""}))
    html = shown(client, publish(page, image=image), *sections)
    assert html.count("云朵摄") == 4
    image.credit = ""
    image.save()
    assert "picture-credit" not in client.get("/page/").content.decode()
