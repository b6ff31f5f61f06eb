"""Lots are recorded as held; papers decide on their release, and lots on what is sold."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from catalog.compliance import missing_papers
from catalog.papers.models import Paper
from catalog.releasing import add_paper, mark_recalled, missing_for_release
from catalog.traceability.refusals import PapersMissing, WrongState
from catalog.traceability.services import PaperFacts, propose_code
from tests.catalog.traceability.recording import (
    TOMORROW,
    YESTERDAY,
    everything,
    good_of,
    record,
    release,
)
from tests.factories import ProductFactory
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY, NOW

pytestmark = pytest.mark.django_db
QUARANTINE = PaperFacts("animal_quarantine", "JY-1", "动物卫生监督所", YESTERDAY, None)
INSPECTION = PaperFacts("meat_inspection", "PZ-1", "分割厂", YESTERDAY, date(2027, 5, 1))
SHEET = PaperFacts("conformity_certificate", "HGZ-1", "合作社", YESTERDAY, date(2027, 5, 1))


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
    product = good_of("meat")
    lot_of(product, "OLD-1", YESTERDAY, paper_of("animal_quarantine", "JY-1"))
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


def test_a_known_number_with_other_facts_is_refused(clerk):
    leg = good_of("meat")
    record(leg, clerk, QUARANTINE)
    lot = record(good_of("meat", cooperative=leg.cooperative), clerk, code="QY-2")
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        add_paper(lot_id=lot.pk, facts=QUARANTINE._replace(valid_from=DAY), today=DAY)
    assert set(refusal.value.message_dict) == {"number"}
    assert everything() == before


def test_a_number_that_somebody_else_wrote_down_stops_nobody(clerk):
    record(good_of("meat"), clerk, QUARANTINE)
    lot = record(good_of("meat"), clerk, QUARANTINE, code="QY-2")
    assert lot.papers.get().holder == lot.product.cooperative.name
    assert Paper.objects.filter(number=QUARANTINE.number).count() == 2


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
