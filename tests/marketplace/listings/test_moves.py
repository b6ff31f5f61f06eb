"""A proposal's way: drafted, submitted, returned, approved; live only then, and as it was read."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from catalog.models import Product
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper
from marketplace.listings import services
from marketplace.listings.models import Proposal, ProposalStep
from marketplace.listings.refusals import AnotherOpen, Moved, NotNow, NotReady, ReasonMissing
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.search.querysets import find, read_query
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.files import private_files
from tests.factories.listings import (
    PACK,
    change_of,
    draft_of,
    picture,
    proposed_paper,
    ready,
    submitted,
    texts,
)
from tests.factories.lots import paper_of
from tests.marketplace.buying import DAY, NOW, in_english
from tests.marketplace.dashboard.conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill():
    return CooperativeFactory()


@pytest.fixture
def operator():
    return somebody("operator")


def licensed(cooperative):
    paper = Paper.objects.create(
        kind="food_production_licence",
        number=f"SC{cooperative.pk}",
        issuer="i",
        holder="h",
        valid_from=date(2020, 1, 1),
    )
    CooperativePaper.objects.create(cooperative=cooperative, paper=paper)


def approve(proposal, by=None, seen=None):
    return services.approve(proposal_id=proposal.pk, seen=seen or proposal.version, by=by, now=NOW)


def sent(proposal):
    """As it is now, with the market."""
    proposal.refresh_from_db()
    return services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)


def take_back(proposal):
    return services.take_back(proposal_id=proposal.pk, by=None, now=NOW)


def everything() -> list:
    """All that a refusal must leave as it is."""
    models = (Proposal, ProposalStep, Product, StockRecord, Paper)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refused(kind, act):
    before = everything()
    with override("en"), pytest.raises(kind) as caught, transaction.atomic():
        act()
    assert everything() == before
    return in_english(caught.value)


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


def test_a_change_leaves_the_live_good_untouched_until_it_is_approved(mill, operator):
    good = ProductFactory(cooperative=mill, title="燕麦片")
    proposal = change_of(good, title="快熟燕麦片")
    services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    good.refresh_from_db()
    assert (good.title, good.images.count()) == ("燕麦片", 0)
    approve(Proposal.objects.get(pk=proposal.pk), operator)
    good.refresh_from_db()
    assert (good.title, good.summary) == ("快熟燕麦片", "轻炒过的新麦，石磨慢碾。")
    assert good.images.get().caption == "快熟燕麦片"
    assert good.children.count() == 1


def test_a_change_may_bring_a_size_that_is_not_there_yet(mill, operator):
    good = ProductFactory(cooperative=mill)
    [old] = good.children.all()
    proposal = sent(change_of(good, packs=[PACK | {"title": "5kg", "price": "80.00"}]))
    assert list(good.children.all()) == [old]
    approve(proposal, operator)
    new = good.children.exclude(pk=old.pk).get()
    stock = new.stockrecords.get()
    assert (new.title, stock.price, stock.num_in_stock) == ("5kg", Decimal("80.00"), 40)
    assert stock.partner == old.stockrecords.get().partner


def test_a_size_that_is_there_is_not_added_once_more(mill):
    good = ProductFactory(cooperative=mill)
    size = good.children.get().title
    twice = change_of(good, packs=[PACK | {"title": size}])

    def act():
        services.submit(proposal_id=twice.pk, seen=twice.version, by=None, now=NOW)

    assert refused(NotReady, act) == f"The size {size} is there already."
    new = PACK | {"title": "5kg"}
    values = {"packs": [new, new]}
    twice = services.save_content(proposal_id=twice.pk, values=values, seen=twice.version)
    assert refused(NotReady, act) == "The size 5kg is there already."
    values = {"packs": [new]}
    services.save_content(proposal_id=twice.pk, values=values, seen=twice.version)
    proposal = sent(twice)
    good.children.update(title="5kg")
    assert refused(NotReady, lambda: approve(proposal)) == "The size 5kg is there already."


def test_a_change_writes_only_what_differs_and_never_over_a_newer_live_text(mill):
    good = ProductFactory(cooperative=mill, title="燕麦片", flag="新麦")
    proposal = change_of(good, title="快熟燕麦片")
    proposal = services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
    Product.objects.filter(pk=good.pk).update(title="别的名字")
    assert "changed on the live good meanwhile" in refused(NotReady, lambda: approve(proposal))
    Product.objects.filter(pk=good.pk).update(title="燕麦片", allergens="含麸质")
    approve(proposal)
    good.refresh_from_db()
    assert (good.title, good.allergens, good.flag) == ("快熟燕麦片", "含麸质", "新麦")


def test_there_is_one_open_change_of_a_good(mill):
    good = ProductFactory(cooperative=mill)
    first = services.start_change(product=good, by=None, now=NOW)

    def again():
        services.start_change(product=good, by=None, now=NOW)

    refused(AnotherOpen, again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            cooperative=mill,
            kind="change",
            product=good,
            product_class=good.product_class,
            begun_at=NOW,
        )
    services.discard(proposal_id=first.pk, by=None, now=NOW)
    again()


def test_a_change_that_changes_nothing_is_not_submitted(mill):
    good = ProductFactory(cooperative=mill)
    Product.objects.filter(pk=good.pk).update(
        **{key: value for key, value in texts().items() if key not in ("category", "packs")}
    )
    proposal = services.start_change(product=good, by=None, now=NOW)
    picture(proposal)
    good.images.create(original="goods/one.jpg", caption="c", renditions=[{"width": 1}])
    proposal.pictures.update(image=good.images.get())

    def act():
        services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)

    assert refused(NotReady, act) == "Nothing has been changed yet."


def test_two_clerks_do_not_write_over_each_other(mill):
    proposal = draft_of(mill)
    services.save_content(proposal_id=proposal.pk, values={"title": "甲"}, seen=proposal.version)

    def second():
        services.save_content(
            proposal_id=proposal.pk, values={"title": "乙"}, seen=proposal.version
        )

    refused(Moved, second)
    assert Proposal.objects.get().content["title"] == "甲"


def test_a_pack_that_is_claimed_to_be_special_is_refused(mill):
    pack = texts()["packs"][0] | {"title": "特供装"}
    proposal = ready(mill, packs=[pack])

    def act():
        services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)

    assert "leans on the state" in refused(NotReady, act)


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
