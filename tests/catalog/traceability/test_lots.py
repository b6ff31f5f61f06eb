"""Lots are recorded as held, their history only grows, papers decide on their release."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.compliance import missing_papers
from catalog.models import Product, ProductClass
from catalog.papers.models import Paper
from catalog.releasing import add_paper, mark_recalled, missing_for_release, release_lot
from catalog.traceability.models import Lot, LotEvent, LotPaper
from catalog.traceability.querysets import RewritingHistory
from catalog.traceability.refusals import PapersMissing, WrongState
from catalog.traceability.services import (
    EventFacts,
    LotFacts,
    PaperFacts,
    add_event,
    propose_code,
    record_lot,
)
from marketplace.accounts.models import User
from tests.factories import ProductFactory
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY, NOW

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
QUARANTINE = PaperFacts("animal_quarantine", "JY-1", "动物卫生监督所", YESTERDAY, None)
INSPECTION = PaperFacts("meat_inspection", "PZ-1", "分割厂", YESTERDAY, date(2027, 5, 1))
SHEET = PaperFacts("conformity_certificate", "HGZ-1", "合作社", YESTERDAY, date(2027, 5, 1))


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk@example.com")


def good_of(regime: str, **changes) -> Product:
    return ProductFactory(product_class=ProductClass.objects.get(slug=regime), **changes)


def record(product, clerk, *papers, code="QY-1", day=YESTERDAY, quantity=50) -> Lot:
    return record_lot(
        product=product,
        facts=LotFacts(code, day, quantity, "三号地"),
        papers=papers,
        by=clerk,
        now=NOW,
        today=DAY,
    )


def release(lot, clerk) -> Lot:
    return release_lot(lot_id=lot.pk, by=clerk, now=NOW, today=DAY)


def add(lot, clerk, kind="processing", on=YESTERDAY, corrects=None, title="磨面") -> LotEvent:
    facts = EventFacts(kind, on, "磨坊", title)
    return add_event(lot_id=lot.pk, facts=facts, corrects=corrects, by=clerk, now=NOW, today=DAY)


def everything() -> list:
    models = (Lot, LotEvent, LotPaper, Paper)
    goods = list(Product.objects.order_by("pk").values_list("sellable_from", "sellable_until"))
    return [goods, *(list(model.objects.order_by("pk").values()) for model in models)]


@pytest.mark.parametrize(
    ("regime", "begins"),
    [("fresh_produce", "harvest"), ("meat", "slaughter"), ("processed", "processing")],
)
def test_a_lot_is_held_and_begins_as_its_regime_does(clerk, regime, begins):
    lot = record(good_of(regime), clerk)
    event = lot.events.get()
    assert (lot.state, lot.recorded_by) == ("held", clerk)
    assert (event.kind, event.on, event.place) == (begins, YESTERDAY, "三号地")
    assert (event.recorded_by, event.recorded_at) == (clerk, NOW)


def test_a_proposed_code_is_one_that_nobody_uses(clerk):
    product = ProductFactory(upc="YS0035")
    assert propose_code(product=product, day=DAY) == "YS0035-261123"
    lot_of(product, "YS0035-261123")
    lot_of(product, "YS0035-261123-2")
    assert propose_code(product=product, day=DAY) == "YS0035-261123-3"
    other = ProductFactory()
    assert propose_code(product=other, day=DAY) == f"G{other.pk}-261123"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "AB"}, "code"),
        ({"code": "lower-1"}, "code"),
        ({"code": "A--B"}, "code"),
        ({"code": "AB-"}, "code"),
        ({"code": "A" * 25}, "code"),
        ({"code": "羊-1"}, "code"),
        ({"code": "ABC\n"}, "code"),
        ({"code": "TAKEN"}, "code"),
        ({"day": TOMORROW}, "produced_on"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": 1_000_001}, "quantity"),
    ],
)
def test_a_lot_that_cannot_be_is_refused_and_nothing_is_kept(clerk, changes, field):
    product = ProductFactory()
    lot_of(product, "TAKEN")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        record(product, clerk, SHEET, **changes)
    assert set(refusal.value.message_dict) == {field}
    assert everything() == before


def test_a_paper_that_cannot_be_takes_the_new_lot_with_it(clerk):
    paper_of("animal_quarantine", "JY-1")
    product = good_of("meat")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        record(product, clerk, INSPECTION, QUARANTINE)
    assert set(refusal.value.message_dict) == {"animal_quarantine-number"}
    assert everything() == before


@pytest.mark.parametrize(
    ("regime", "papers", "missing"),
    [
        ("fresh_produce", [], ["承诺达标合格证"]),
        ("meat", [], ["动物检疫证明", "肉品品质检验合格证"]),
        ("meat", [QUARANTINE], ["肉品品质检验合格证"]),
        ("fresh_produce", [SHEET._replace(valid_until=YESTERDAY)], ["承诺达标合格证"]),
        ("fresh_produce", [SHEET._replace(valid_from=TOMORROW)], ["承诺达标合格证"]),
    ],
)
def test_no_lot_is_released_without_its_papers_and_each_missing_one_is_named(
    clerk, regime, papers, missing
):
    product = good_of(regime)
    lot = record(product, clerk, *papers)
    before = everything()
    with pytest.raises(PapersMissing) as refusal:
        release(lot, clerk)
    assert refusal.value.kinds == missing
    assert all(name in refusal.value.words for name in missing)
    assert everything() == before


def test_released_is_who_when_and_the_good_comes_onto_the_shelf(clerk):
    product = good_of("meat", sellable_from=None, sellable_until=None)
    lot = record(product, clerk, QUARANTINE, INSPECTION)
    product.refresh_from_db()
    assert not product.is_sellable_on(DAY)
    assert len(missing_papers(product=product, day=DAY)) == 2
    release(lot, clerk)
    lot.refresh_from_db()
    product.refresh_from_db()
    assert (lot.state, lot.released_by, lot.released_at) == ("released", clerk, NOW)
    assert (product.sellable_from, product.sellable_until) == (YESTERDAY, date(2027, 5, 1))
    assert missing_papers(product=product, day=DAY) == []
    assert missing_for_release(lot=lot, day=DAY) == []


def test_processed_food_needs_no_paper_of_the_lot(clerk):
    assert release(record(good_of("processed"), clerk), clerk).is_released


@pytest.mark.parametrize("state", ["released", "recalled"])
def test_only_a_held_lot_is_released(clerk, state):
    lot = lot_of(ProductFactory(), state=state)
    before = everything()
    with pytest.raises(WrongState):
        release(lot, clerk)
    assert everything() == before


def test_a_paper_that_comes_later_brings_the_good_back(clerk):
    product = good_of("fresh_produce")
    lot = lot_of(product, "L-1", YESTERDAY, paper_of("conformity_certificate", ends=YESTERDAY))
    add_paper(lot_id=lot.pk, facts=SHEET, today=DAY)
    product.refresh_from_db()
    assert (product.sellable_from, product.sellable_until) == (YESTERDAY, date(2027, 5, 1))


def test_one_quarantine_certificate_covers_all_that_was_cut_from_one_slaughter(clerk):
    leg = good_of("meat")
    rolls = good_of("meat", cooperative=leg.cooperative)
    first, second = record(leg, clerk, QUARANTINE), record(rolls, clerk, QUARANTINE, code="QY-2")
    assert first.papers.get() == second.papers.get()


@pytest.mark.parametrize("theirs", [True, False])
def test_a_known_number_with_other_facts_or_of_somebody_else_is_refused(clerk, theirs):
    leg = good_of("meat")
    record(leg, clerk, QUARANTINE)
    cooperative = {} if theirs else {"cooperative": leg.cooperative}
    lot = record(good_of("meat", **cooperative), clerk, code="QY-2")
    facts = QUARANTINE if theirs else QUARANTINE._replace(valid_from=DAY)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        add_paper(lot_id=lot.pk, facts=facts, today=DAY)
    assert set(refusal.value.message_dict) == {"number"}
    assert everything() == before


@pytest.mark.parametrize(
    ("facts", "field"),
    [(QUARANTINE, "number"), (INSPECTION._replace(valid_until=date(2026, 1, 1)), "valid_until")],
)
def test_a_paper_twice_or_ending_before_it_begins_is_refused(clerk, facts, field):
    lot = record(good_of("meat"), clerk, QUARANTINE)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        add_paper(lot_id=lot.pk, facts=facts, today=DAY)
    assert set(refusal.value.message_dict) == {field}
    assert everything() == before


def test_a_recalled_lot_takes_no_more_papers(clerk):
    lot = lot_of(ProductFactory(), state="recalled")
    with pytest.raises(WrongState):
        add_paper(lot_id=lot.pk, facts=SHEET, today=DAY)
    assert not Paper.objects.exists()


def test_a_correction_is_a_new_event_that_names_what_it_corrects(clerk):
    lot = record(good_of("fresh_produce"), clerk)
    wrong = lot.events.get()
    right = add(lot, clerk, "harvest", DAY, wrong.pk, "起垄")
    again = add(lot, clerk, "harvest", YESTERDAY, right.pk, "起垄")
    assert list(lot.events.current()) == [again]
    known = list(lot.events.with_corrections())
    assert [(event.pk, event.is_corrected) for event in known] == [
        (wrong.pk, True),
        (again.pk, False),
        (right.pk, True),
    ]


def test_an_event_is_corrected_once_and_only_by_its_own_lot(clerk):
    lot, other = record(ProductFactory(), clerk), record(ProductFactory(), clerk, code="QY-2")
    wrong = lot.events.get()
    add(lot, clerk, corrects=wrong.pk)
    before = everything()
    for each in (lot, other):
        with pytest.raises(ValidationError) as refusal:
            add(each, clerk, corrects=wrong.pk)
        assert set(refusal.value.message_dict) == {"corrects"}
    with pytest.raises(ValidationError):
        add(lot, clerk, corrects=10**9)
    assert everything() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        LotEvent.objects.create(lot=lot, kind="packing", on=DAY, title="x", corrects=wrong)


def test_packing_is_not_before_the_harvest_nor_the_harvest_after_all_packing(clerk):
    lot = record(good_of("fresh_produce"), clerk, day=date(2026, 9, 10))
    add(lot, clerk, "packing", date(2026, 10, 1))
    add(lot, clerk, "harvest", date(2026, 9, 12))
    add(lot, clerk, "processing", date(2026, 9, 11))
    add(lot, clerk, "inspection", date(2026, 9, 1))
    before = everything()
    for kind, on in [
        ("packing", date(2026, 9, 9)),
        ("processing", date(2026, 10, 2)),
        ("harvest", date(2026, 10, 2)),
        ("growing", date(2026, 10, 2)),
        ("packing", TOMORROW),
    ]:
        with pytest.raises(ValidationError) as refusal:
            add(lot, clerk, kind, on)
        assert set(refusal.value.message_dict) == {"on"}
    assert everything() == before


def test_a_wrong_day_does_not_stand_in_the_way_of_its_own_correction(clerk):
    lot = record(good_of("fresh_produce"), clerk)
    packing = add(lot, clerk, "packing", YESTERDAY)
    wrong = lot.events.get(kind="harvest")
    assert add(lot, clerk, "harvest", date(2026, 9, 1), wrong.pk).corrects == wrong
    assert packing in lot.events.current()


def test_history_is_neither_changed_nor_deleted(clerk):
    lot = record(ProductFactory(), clerk)
    event = lot.events.get()
    before = everything()
    event.title = "别的"
    for rewrite in (
        event.save,
        event.delete,
        lambda: LotEvent.objects.update(title="别的"),
        lambda: LotEvent.objects.bulk_update([event], ["title"]),
        lot.events.all().delete,
        lambda: LotEvent.objects.update_or_create(pk=event.pk, defaults={"title": "别的"}),
    ):
        with pytest.raises(RewritingHistory), transaction.atomic():
            rewrite()
    assert everything() == before


def test_a_lot_with_a_history_cannot_be_deleted(clerk):
    lot = record(ProductFactory(), clerk)
    with pytest.raises(IntegrityError):
        lot.delete()
    assert Lot.objects.filter(pk=lot.pk).exists()


@pytest.mark.parametrize("regime", ["fresh_produce", "processed"])
@pytest.mark.parametrize(("another", "sold"), [("released", True), ("held", False), (None, False)])
def test_a_good_of_which_no_released_lot_is_left_after_a_recall_is_not_sold(
    clerk, regime, another, sold
):
    product = good_of(regime)
    papers = [paper_of("conformity_certificate")] if regime == "fresh_produce" else []
    licence = paper_of("food_production_licence")
    product.cooperative.cooperativepaper_set.create(paper=licence)
    lot = lot_of(product, "L-1", YESTERDAY, *papers)
    if another:
        lot_of(product, "L-2", YESTERDAY, *papers, state=another)
    mark_recalled(lot=lot, today=DAY)
    product.refresh_from_db()
    assert product.is_sellable_on(DAY) is sold


def test_a_good_without_any_lot_is_sold_by_its_other_papers(clerk):
    product = good_of("processed")
    product.cooperative.cooperativepaper_set.create(paper=paper_of("food_production_licence"))
    record(product, clerk)
    product.refresh_from_db()
    assert product.is_sellable_on(DAY)


@pytest.mark.parametrize("change", [{"kind": "magic"}, {"kind": ""}], ids=["unknown", "empty"])
def test_the_database_refuses_kinds_that_nobody_knows(change):
    lot = lot_of(ProductFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        LotEvent.objects.create(lot=lot, on=DAY, title="x", **change)
