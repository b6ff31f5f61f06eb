"""What a proposal must have before the market reads it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from marketplace.listings import services
from marketplace.listings.models import Proposal
from marketplace.listings.refusals import NotReady
from tests.factories import ProductFactory
from tests.factories.files import private_files
from tests.factories.listings import change_of, draft_of, proposed_paper, ready, texts
from tests.factories.lots import paper_of
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.listings.proposing import approve, refused, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "“Title” is still missing."),
        ({"ingredients": ""}, "“Ingredients” is still missing."),
        ({"packs": []}, "It needs at least one pack"),
        ({"summary": "降血糖"}, "a health claim"),
        ({"title": "国家级莜面"}, "a superlative"),
    ],
)
def test_what_is_missing_or_claimed_is_refused_at_submission(mill, changes, words):
    proposal = ready(mill, **changes)

    def act():
        services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)

    assert words in refused(NotReady, act)


def test_without_a_picture_or_its_sizes_it_is_not_submitted(mill):
    proposal = ready(mill)

    def act():
        services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)

    proposal.pictures.update(renditions=[])
    assert "still being prepared" in refused(NotReady, act)
    proposal.pictures.all().delete()
    assert "at least one picture" in refused(NotReady, act)


def test_a_regime_asks_only_for_its_own_facts_and_papers(mill):
    fresh = ready(
        mill, "fresh_produce", storage="ambient_fresh", ingredients="", shelf_life="", standard=""
    )
    services.submit(proposal_id=fresh.pk, seen=fresh.version, by=None, now=NOW)
    cut = ready(mill, "fresh_cut", storage="chilled", standard="")

    def act():
        seen = Proposal.objects.get(pk=cut.pk).version
        services.submit(proposal_id=cut.pk, seen=seen, by=None, now=NOW)

    assert "Fresh-cut produce filing is still missing." in refused(NotReady, act)
    proposed_paper(cut, kind="fresh_cut_filing", number="F1", valid_until=None)
    act()
    good = approve(Proposal.objects.get(pk=cut.pk))
    assert good.product_papers.get().paper.number == "F1"
    good.refresh_from_db()
    assert good.is_sellable_on(DAY)


def test_a_paper_that_is_known_or_ends_before_it_begins_is_refused(mill):
    proposal = draft_of(mill)
    paper = proposed_paper(proposal)
    kept = private_files()
    with pytest.raises(ValidationError, match="number"):
        proposed_paper(proposal)
    with pytest.raises(ValidationError, match="valid_until"):
        proposed_paper(proposal, number="O-2", valid_until=date(2025, 1, 1))
    assert proposal.papers.get() == paper
    assert private_files() == kept


def test_a_number_that_somebody_else_has_typed_is_not_taken(mill):
    """What another wrote down, rightly or not, neither stops this paper nor comes with it."""
    other = paper_of("organic_certificate", "O-1", ends=date(2030, 1, 1))
    ProductFactory().product_papers.create(paper=other)
    proposal = ready(mill)
    paper = proposed_paper(proposal)
    good = approve(sent(proposal))
    mine = good.product_papers.get().paper
    assert (mine.pk != other.pk, mine.holder, mine.valid_until) == (
        True,
        mill.name,
        date(2026, 12, 31),
    )
    assert mine.file.name == paper.file.name


def test_a_paper_that_ended_is_renewed_under_its_old_number(mill):
    good = ProductFactory(cooperative=mill)
    old = paper_of("organic_certificate", "O-1", date(2025, 1, 1), date(2025, 12, 31))
    good.product_papers.create(paper=old)
    proposal = change_of(good)
    with pytest.raises(ValidationError, match="number"):
        proposed_paper(proposal, valid_from=date(2025, 12, 31))
    proposed_paper(proposal)
    approve(sent(proposal))
    ends = good.product_papers.order_by("pk").values_list("paper__valid_until", flat=True)
    assert list(ends) == [date(2025, 12, 31), date(2026, 12, 31)]
    assert good.badges.get().valid_until == date(2026, 12, 31)


def test_what_is_thrown_away_leaves_no_paper_in_the_store(mill, django_capture_on_commit_callbacks):
    before = private_files()
    proposal = ready(mill)
    proposed_paper(proposal)
    proposed_paper(proposal, number="O-2")
    first = proposal.papers.get(number="O-1")
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_paper(proposal_id=proposal.pk, paper_id=first.pk)
    assert len(private_files() - before) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(proposal_id=proposal.pk, by=None, now=NOW)
    assert private_files() == before
    assert not proposal.papers.exists()


def test_a_pack_that_is_claimed_to_be_special_is_refused(mill):
    pack = texts()["packs"][0] | {"title": "特供装"}
    proposal = ready(mill, packs=[pack])

    def act():
        services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)

    assert "leans on the state" in refused(NotReady, act)
