"""Who is about to sell here: read by everybody, objected to by anybody, for some days."""

import pytest

from catalog.producers.models import Objection
from marketplace.accounts.models import User
from tests.factories.admission import application_of, noticed, official, over, recommended

pytestmark = pytest.mark.django_db

LIST = "/en/cooperatives/notices/"
SAID = {"words": "地不是他家的", "name": "王二", "contact": "13900001234"}


@pytest.fixture
def grower():
    return User.objects.create_user("grower@example.com", "x")


def test_everybody_reads_who_stands_in_notice_and_nobody_else(client, grower):
    assert "Nobody stands in public notice" in client.get(LIST).content.decode()
    shown = noticed(application_of(grower))
    hidden = [
        application_of(official("a")),
        recommended(application_of(official("b"))),
        over(application_of(official("c"))),
    ]
    page = client.get(LIST).content.decode()
    assert shown.name in page
    assert client.get(f"{LIST}{shown.pk}/").status_code == 200
    for one in hidden:
        assert one.name not in page
        assert client.get(f"{LIST}{one.pk}/").status_code == 404


def test_what_stands_in_public_names_no_telephone(client, grower):
    application = noticed(application_of(grower))
    page = client.get(f"{LIST}{application.pk}/").content.decode()
    for words in (application.name, application.summary, application.benefit_text):
        assert words in page
    for words in (application.contact_mobile, application.credit_code, grower.email):
        assert words not in page


def test_anybody_objects_with_words_and_a_contact(client, grower):
    path = f"{LIST}{noticed(application_of(grower)).pk}/"
    answer = client.post(path, SAID, follow=True)
    assert "We look into it before the business opens" in answer.content.decode()
    objection = Objection.objects.get()
    assert (objection.words, objection.name, objection.contact) == tuple(SAID.values())
    assert objection.answered_at is None
    assert "地不是他家的" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"name": " "}, "name"),
        ({"contact": ""}, "contact"),
        ({"contact": "a\x00b"}, "contact"),
    ],
)
def test_an_objection_without_words_or_contact_is_refused_and_stays_typed(
    client, grower, changes, field
):
    path = f"{LIST}{noticed(application_of(grower)).pk}/"
    answer = client.post(path, SAID | changes)
    assert list(answer.context["form"].errors) == [field]
    kept = next(value for name, value in SAID.items() if name not in changes)
    assert kept in answer.content.decode()
    assert not Objection.objects.exists()


def test_nothing_is_said_any_more_when_the_days_are_over(client, grower):
    application = noticed(application_of(grower))
    type(application).objects.filter(pk=application.pk).update(
        notice_from="2020-01-01", notice_until="2020-01-08"
    )
    assert client.post(f"{LIST}{application.pk}/", SAID).status_code == 404
    assert not Objection.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    for number in range(count):
        noticed(application_of(official(f"n{number}")))
    with django_assert_max_num_queries(6):
        page = client.get(LIST).content.decode()
    assert page.count("notice-list__one") == count


def test_the_list_of_producers_leads_to_applying(client):
    page = client.get("/en/cooperatives/").content.decode()
    assert "/en/dashboard/apply/" in page
    assert LIST in page
