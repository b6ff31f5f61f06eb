"""Papers of goods that the operator takes away."""

import pytest

from catalog.models import ProductPaper
from catalog.papers.models import Paper
from marketplace.dashboard.models import Change
from marketplace.outbox.models import Message
from tests.factories import ProductFactory
from tests.factories.lots import paper_of
from tests.marketplace.dashboard.catalogue.reading import path, read
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db


def test_a_wrong_paper_of_a_good_is_taken_away_with_its_badge_and_told(
    office, operator, mill, good, certificate
):
    member_of(mill, "owner", "owner")
    member_of(mill, "accountant", "accountant")
    away = path(good, f"papers/{certificate.pk}/")
    assert away in read(office, good)
    assert good.badges.get().kind == "organic_certificate"
    assert office.post(away, {"reason": "编号查不到。"})["Location"] == path(good)
    assert not good.product_papers.exists()
    assert not good.badges.exists()
    assert Paper.objects.get(pk=certificate.pk).number == "O-1"
    page = read(office, good)
    assert "Paper taken away" in page
    assert "编号查不到。" in page
    message = Message.objects.get(event__startswith=f"good_paper:{good.pk}:")
    assert message.recipient == "owner@example.com"
    assert "O-1" in message.body
    assert "编号查不到。" in message.body
    assert office.post(away, {"reason": "x"}).status_code == 404
    assert Change.objects.get().by == operator


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_without_a_reason_no_paper_is_taken_away(office, good, certificate, reason):
    page = office.post(path(good, f"papers/{certificate.pk}/"), {"reason": reason})
    assert (page.status_code, "field__error" in page.content.decode()) == (200, True)
    assert good.product_papers.get().paper == certificate
    assert good.badges.exists()
    assert not Change.objects.exists()
    assert not Message.objects.exists()


def test_a_paper_of_another_good_or_of_the_business_is_not_taken_away(office, mill, good):
    other = ProductFactory()
    theirs = paper_of("organic_certificate", "O-2")
    ProductPaper.objects.create(product=other, paper=theirs)
    for paper in (theirs, mill.papers.first()):
        answer = office.post(path(good, f"papers/{paper.pk}/"), {"reason": "x"})
        assert answer.status_code == 404
    assert other.product_papers.exists()
    assert mill.papers.exists()
