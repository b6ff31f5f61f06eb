"""Pages of the demonstration world: whole, lawful, and such as an editor could save."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.blocks.faults import find_faults
from cms.brands.models import BrandPage, CountyPage
from cms.expos.models import FairPage
from cms.images.models import PageImage
from cms.stories.models import StoryPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def pages():
    return [page.specific for page in Page.objects.filter(depth__gt=1)]


def test_stories_brands_counties_and_fairs_are_there_in_both_languages():
    for kind, count in ((StoryPage, 6), (BrandPage, 4), (CountyPage, 3), (FairPage, 3)):
        for language in ("zh-hans", "en"):
            assert kind.objects.live().filter(locale__language_code=language).count() == count


def test_every_page_is_one_that_an_editor_could_save_and_publish():
    today = timezone.localdate()
    for page in pages():
        page.full_clean()
        page.body.stream_block.clean(page.body)
        assert find_faults(page, today) == {}, page.title


def test_every_page_and_every_link_of_navigation_and_footer_opens(client):
    addresses = {page.url for page in pages()}
    chrome = client.get("/").context["chrome"]
    links = [*chrome["nav"], *(link for column in chrome["footer"] for link in column["links"])]
    addresses |= {link["url"] for link in links}
    assert len(addresses) > 2 * 24
    assert [url for url in addresses if client.get(url).status_code != 200] == []


def test_shelves_of_brands_and_counties_hold_goods(client):
    for page in [*BrandPage.objects.all(), *CountyPage.objects.all()]:
        assert client.get(page.url).content.decode().count('class="card tone-') > 3, page.title


def test_a_picture_has_its_words_or_is_a_decoration():
    wordless = PageImage.objects.filter(alt_text="", is_decorative=False)
    assert list(wordless.values_list("title", flat=True)) == []
    assert not PageImage.objects.exclude(alt_text="").filter(alt_text_en="").exists()
