"""Writing the first pages of fairs."""

import pytest

from cms.expos.models import FairIndexPage, FairPage
from cms.services.fairs import write_fairs
from cms.services.pictures import write_pictures
from cms.services.words import Words
from tests.cms.conftest import publish
from tests.cms.texts import FAIRS

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(named, home, english_home):
    """Writes the fairs' pages in both languages and returns the Chinese ones by slug."""
    pictures = write_pictures(folder=named.pop("images"), names=[], texts=[FAIRS])
    keys = {"pictures": pictures, "specialties": {}, "counties": {}}

    def write():
        written = [
            write_fairs(
                texts=FAIRS,
                words=Words(language=each.locale.language_code, **named, **keys),
                home=each,
            )
            for each in (home, english_home)
        ]
        return written[0]

    return write


def test_a_fair_has_its_page_in_both_languages(client, write, named):
    page = write()["expos/nianhuo"].specific
    assert page.fair_id == named["fairs"]["new-year"]
    assert page.headline == "一袋新麦，\n一只羊"
    assert page.phone_image.title == "story-cellar.webp"
    assert client.get("/expos/").status_code == 200
    response = client.get("/expos/nianhuo/")
    assert "谁来摆摊" in response.content.decode()
    assert response.context["other_language"]["url"] == "/en/expos/nianhuo/"
    assert "English 谁来摆摊" in client.get("/en/expos/nianhuo/").content.decode()


def test_its_sections_are_such_as_an_editor_could_have_saved(write):
    body = write()["expos/nianhuo"].specific.body
    assert [child.block_type for child in body] == [
        row["type"] for row in FAIRS["fair"][0]["section"]
    ]
    body.stream_block.clean(body)


def test_writing_pages_of_fairs_again_changes_nothing(write):
    publish(write()["expos/nianhuo"].specific, title="我们的年货")
    kinds = (FairIndexPage, FairPage)
    before = [
        list(kind.objects.order_by("pk").values("pk", "title", "latest_revision_id"))
        for kind in kinds
    ]
    assert [len(rows) for rows in before] == [2, 2]
    write()
    after = [
        list(kind.objects.order_by("pk").values("pk", "title", "latest_revision_id"))
        for kind in kinds
    ]
    assert after == before
