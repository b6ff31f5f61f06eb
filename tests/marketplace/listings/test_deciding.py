"""A proposal returned or approved: as it was read, and told once."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import Product
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper
from marketplace.listings import services
from marketplace.listings.models import Proposal
from marketplace.listings.refusals import Moved, NotNow, ReasonMissing
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.search.querysets import find, read_query
from tests.factories.listings import ready, submitted
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.conftest import somebody
from tests.marketplace.listings.proposing import approve, refused

pytestmark = pytest.mark.django_db


def licensed(cooperative):
    paper = Paper.objects.create(
        kind="food_production_licence",
        number=f"SC{cooperative.pk}",
        issuer="i",
        holder="h",
        valid_from=date(2020, 1, 1),
    )
    CooperativePaper.objects.create(cooperative=cooperative, paper=paper)


def take_back(proposal):
    return services.take_back(proposal_id=proposal.pk, by=None, now=NOW)


def test_an_approved_good_is_on_the_shelf_with_packs_price_stock_and_pictures(mill, operator):
    licensed(mill)
    proposal = submitted(mill)
    good = approve(proposal, operator)
    good.refresh_from_db()
    assert (good.title, good.structure, good.cooperative) == ("石磨莜面粉", "parent", mill)
    assert (good.county_id, good.township_id) == (mill.county_id, mill.township_id)
    assert good.slug == "shi-mo-you-mian-fen"
    assert good.specialty.slug == "oat"
    assert [shelf.slug for shelf in good.categories.all()] == ["flour"]
    [pack] = good.children.all()
    record = StockRecord.objects.get(product=pack)
    assert (pack.title, pack.net_grams, pack.gross_grams) == ("1kg", 1000, 1100)
    assert (record.price, record.num_in_stock) == (Decimal("18.00"), 40)
    assert (good.price_from, good.in_stock) == (Decimal("18.00"), True)
    assert good.is_sellable_on(DAY)
    assert [image.renditions[0]["width"] for image in good.images.all()] == [240]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.product_id) == ("approved", good.pk)
    last = proposal.steps.order_by("-pk")[0]
    assert (last.state, last.by, last.at) == ("approved", operator, NOW)


def test_without_the_business_paper_it_is_approved_but_not_for_sale(mill):
    good = approve(submitted(mill))
    good.refresh_from_db()
    assert not good.is_sellable_on(DAY)
    licensed(mill)


def test_returned_with_a_reason_what_was_typed_stays_and_is_sent_again(mill, operator):
    proposal = submitted(mill)

    def give_back(reason):
        return services.give_back(
            proposal_id=proposal.pk,
            seen=proposal.version,
            reason=reason,
            by=operator,
            now=NOW,
        )

    refused(ReasonMissing, lambda: give_back("  "))
    returned = give_back("请写清配料。")
    assert (returned.state, returned.content) == ("returned", proposal.content)
    assert returned.steps.get(state="returned").reason == "请写清配料。"
    again = services.save_content(
        proposal_id=proposal.pk, values={"ingredients": "裸燕麦"}, seen=returned.version
    )
    services.submit(proposal_id=proposal.pk, seen=again.version, by=None, now=NOW)
    states = list(proposal.steps.order_by("pk").values_list("state", flat=True))
    assert states == ["draft", "submitted", "returned", "submitted"]


def test_what_is_with_the_market_is_not_written_and_what_is_decided_does_not_move(mill, operator):
    proposal = submitted(mill)
    save = {"proposal_id": proposal.pk, "values": {"title": "别的"}, "seen": proposal.version}
    refused(NotNow, lambda: services.save_content(**save))
    refused(NotNow, lambda: services.discard(proposal_id=proposal.pk, by=None, now=NOW))
    approve(proposal, operator)
    proposal.refresh_from_db()
    for act in (approve, take_back):
        refused(NotNow, lambda act=act: act(proposal))
    refused(NotNow, lambda: services.discard(proposal_id=proposal.pk, by=None, now=NOW))


def test_nobody_approves_what_they_have_not_read(mill):
    proposal = submitted(mill)
    read = proposal.version
    take_back(proposal)
    again = Proposal.objects.get(pk=proposal.pk)
    changed = services.save_content(
        proposal_id=proposal.pk, values={"summary": "另一句。"}, seen=again.version
    )
    services.submit(proposal_id=proposal.pk, seen=changed.version, by=None, now=NOW)
    refused(Moved, lambda: approve(proposal, seen=read))


def test_whoever_sent_it_is_told_the_answer_once(mill, operator):
    clerk = somebody("clerk")
    proposal = ready(mill)
    who = {"proposal_id": proposal.pk, "by": clerk, "now": NOW}
    sent = services.submit(seen=proposal.version, **who)
    services.give_back(
        proposal_id=proposal.pk, seen=sent.version, reason="请写清配料。", by=operator, now=NOW
    )
    message = Message.objects.get()
    assert message.recipient == "clerk@example.com"
    assert "石磨莜面粉" in message.subject
    assert "请写清配料。" in message.body
    assert f"/goods/proposals/{proposal.pk}/" in message.body
    again = Proposal.objects.get(pk=proposal.pk)
    approve(services.submit(seen=again.version, **who), operator)
    assert Message.objects.count() == 2


def is_found(words):
    return find(Product.objects.all(), read_query(words)).exists()


def test_an_approved_good_and_an_approved_change_are_found_after_the_commit(
    mill, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        good = approve(submitted(mill))
    assert is_found("石磨莜面粉")
    assert is_found("1kg")
    proposal = services.start_change(product=good, by=None, now=NOW)
    proposal = services.save_content(
        proposal_id=proposal.pk, values={"title": "藜麦粥料"}, seen=proposal.version
    )
    services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    assert not is_found("藜麦粥料")
    with django_capture_on_commit_callbacks(execute=True):
        approve(Proposal.objects.get(pk=proposal.pk))
    assert is_found("藜麦粥料")
