"""What the clerk sends in, as the market reads and answers it."""

import re

import pytest

from catalog.models import Product
from marketplace.listings.models import Proposal
from marketplace.listings.services import submit, take_back
from tests.factories import ProductFactory
from tests.factories.listings import change_of, draft_of, shelf_of, submitted
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.walking import member_of
from tests.marketplace.dashboard.wizard.steps import GOODS, REVIEW, fresh, path, text_of

pytestmark = pytest.mark.django_db


def test_a_change_is_shown_to_the_market_as_a_difference(clerk, mill, office_of):
    good = ProductFactory(cooperative=mill, title="燕麦片", summary="压得薄，煮得快。")
    clerk.post(f"{GOODS}{good.pk}/change/")
    first = Proposal.objects.get()
    assert clerk.post(f"{GOODS}{good.pk}/change/")["Location"] == path(first)
    assert "Go on with the change" in text_of(clerk.get(f"{GOODS}{good.pk}/"))
    assert "New sizes" in text_of(clerk.get(path(first)))
    page = text_of(clerk.get(path(first, "packs")))
    assert f"<span>{good.children.get().title}</span>" in page
    first.delete()
    proposal = change_of(good, title="燕麦片", summary="压得薄，两分钟就好。")
    submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    page = text_of(office_of().get(f"{REVIEW}{proposal.pk}/"))
    assert "压得薄，<del>煮得快。</del><ins>两分钟就好。</ins>" in page
    assert re.search(r'photo--new.*?<span class="small muted">new</span>', page, re.DOTALL)


def test_returned_with_reasons_the_cooperative_reads_them(mill, office_of, operator):
    proposal = submitted(mill)
    office = office_of()
    address = f"{REVIEW}{proposal.pk}/"
    seen = {"seen": proposal.version}
    page = office.post(address, seen | {"decision": "return", "reason": " "})
    assert "Please say what has to be changed" in text_of(page)
    assert fresh(proposal).state == "submitted"
    long = office.post(address, seen | {"decision": "return", "reason": "x" * 1001})
    assert "at most 1000 characters" in text_of(long)
    assert fresh(proposal).state == "submitted"
    office.post(address, seen | {"decision": "return", "reason": "请写清配料。"})
    office.force_login(member_of(mill, "owner", "owner"))
    page = text_of(office.get(path(proposal)))
    assert "The market asks you to change:" in page
    assert "请写清配料。" in page


@pytest.mark.parametrize(
    "data", [{}, {"decision": "x", "seen": 1}, {"decision": "approve"}, {"seen": "9" * 40}]
)
def test_a_tampered_decision_changes_nothing(mill, office_of, data):
    proposal = submitted(mill)
    assert office_of().post(f"{REVIEW}{proposal.pk}/", data).status_code == 200
    assert fresh(proposal).state == "submitted"
    assert not Product.objects.exists()


def test_what_was_taken_back_meanwhile_is_said_to_the_market(mill, office_of):
    proposal = submitted(mill)
    office = office_of()
    office.get(f"{REVIEW}{proposal.pk}/")
    take_back(proposal_id=proposal.pk, by=None, now=NOW)
    decision = {"decision": "approve", "seen": proposal.version}
    assert office.post(f"{REVIEW}{proposal.pk}/", decision).status_code == 404
    assert not Product.objects.exists()


@pytest.mark.parametrize("move", ["", "approve", "x"])
def test_an_unknown_move_is_not_found(clerk, mill, move):
    proposal = draft_of(mill)
    assert clerk.post(path(proposal, "move"), {"move": move}).status_code == 404
    assert clerk.get(path(proposal, "x")).status_code == 404


@pytest.mark.parametrize("count", [1, 48])
def test_the_review_costs_the_same_for_any_length(
    mill, office_of, count, django_assert_max_num_queries
):
    shelf_of()
    for _ in range(count):
        submitted(mill)
    office = office_of()
    office.get(REVIEW)
    with django_assert_max_num_queries(12):
        assert text_of(office.get(REVIEW)).count("row__title") == count


def test_the_review_is_oldest_first(mill, office_of):
    late, early = submitted(mill, title="后来的"), submitted(mill, title="先来的")
    Proposal.objects.filter(pk=early.pk).update(submitted_at=NOW.replace(day=1))
    page = text_of(office_of().get(REVIEW))
    assert page.index("先来的") < page.index("后来的")
    assert late.pk < early.pk
