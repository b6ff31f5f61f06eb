"""A business's papers and what follows for its goods."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils import translation

from catalog.compliance import recompute_begun, recompute_sellable
from catalog.licences import add_licence, remove_licence
from catalog.models import Product
from catalog.papers.models import Paper
from catalog.papers.services import Details
from marketplace.uploads import private_storage
from tests.factories import CooperativeFactory, ProductFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)
YEAR = timedelta(days=365)
LICENCE = Details("food_production_licence", "SC101", "市监局", "云麦垛", DAY - YEAR, DAY)
NEXT = LICENCE._replace(valid_from=DAY + timedelta(days=1), valid_until=DAY + YEAR)


@pytest.fixture(autouse=True)
def english(chinese):
    translation.activate("en")


@pytest.fixture
def mill():
    return CooperativeFactory()


@pytest.fixture
def flakes(mill):
    return ProductFactory(cooperative=mill)


def paper_file():
    return ContentFile(b"%PDF-", name="a.pdf")


def add(mill, details=LICENCE, day=DAY) -> Paper:
    return add_licence(cooperative=mill, details=details, file=paper_file(), day=day)


def window(product) -> tuple[date | None, date | None]:
    product.refresh_from_db()
    return product.sellable_from, product.sellable_until


def on_sale(day) -> bool:
    return Product.objects.for_sale(day).exists()


def test_goods_are_for_sale_as_long_as_the_licence_and_no_day_longer(mill, flakes):
    recompute_sellable(product=flakes, day=DAY)
    assert window(flakes) == (None, None)
    add(mill)
    assert window(flakes) == (DAY - YEAR, DAY)
    assert on_sale(DAY)
    assert not on_sale(DAY + timedelta(days=1))


def test_a_licence_renewed_in_time_carries_on_by_itself(mill, flakes):
    add(mill)
    add(mill, NEXT)
    assert window(flakes) == (DAY - YEAR, DAY + YEAR)
    assert on_sale(DAY + timedelta(days=1))


def test_goods_come_back_with_the_renewed_licence(mill, flakes):
    add(mill)
    later = DAY + timedelta(days=20)
    add(mill, NEXT._replace(valid_from=later), day=later)
    assert window(flakes) == (later, DAY + YEAR)


@pytest.mark.parametrize("late", [0, 6])
def test_a_licence_that_begins_after_a_gap_brings_the_goods_back_that_night(mill, flakes, late):
    add(mill)
    begins = DAY + timedelta(days=20)
    add(mill, NEXT._replace(valid_from=begins))
    assert window(flakes) == (DAY - YEAR, DAY)
    assert recompute_begun(day=begins + timedelta(days=late)) == 1
    assert window(flakes) == (begins, DAY + YEAR)


def test_a_licence_taken_away_takes_the_goods_off_sale(mill, flakes):
    paper = add(mill)
    remove_licence(cooperative=mill, paper_id=paper.pk, day=DAY)
    assert window(flakes) == (None, None)
    assert not Paper.objects.exists()


def test_the_file_of_a_licence_taken_away_goes_after_the_commit(
    mill, django_capture_on_commit_callbacks
):
    paper = add(mill)
    with django_capture_on_commit_callbacks(execute=True):
        remove_licence(cooperative=mill, paper_id=paper.pk, day=DAY)
        assert private_storage().exists(paper.file.name)
    assert not private_storage().exists(paper.file.name)


def test_nobody_takes_away_what_is_a_neighbours(mill):
    paper = add(mill)
    remove_licence(cooperative=CooperativeFactory(), paper_id=paper.pk, day=DAY)
    assert Paper.objects.get() == paper


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"valid_from": DAY}, "number", "This number is here already"),
        ({"valid_until": None}, "number", "Nov. 23, 2026"),
        ({"valid_from": DAY - YEAR, "valid_until": DAY - YEAR}, "number", "valid Nov. 23, 2025"),
        (
            {"valid_from": DAY, "valid_until": DAY - YEAR},
            "valid_until",
            "cannot end before it begins",
        ),
    ],
)
def test_overlapping_papers_of_a_number_are_refused_and_nothing_is_kept(
    mill, flakes, changes, field, words
):
    add(mill)
    kept = set(private_storage().listdir("papers")[1])
    with pytest.raises(ValidationError) as refusal:
        add(mill, LICENCE._replace(**changes))
    assert list(refusal.value.message_dict) == [field]
    assert words in refusal.value.message_dict[field][0]
    assert Paper.objects.count() == 1
    assert window(flakes) == (DAY - YEAR, DAY)
    assert set(private_storage().listdir("papers")[1]) == kept


def test_a_paper_that_could_not_be_written_leaves_no_file(mill, monkeypatch):
    add(mill)
    kept = set(private_storage().listdir("papers")[1])

    def fail(*_args, **_about):
        raise IntegrityError

    monkeypatch.setattr(Paper, "save", fail)
    with pytest.raises(IntegrityError):
        add(mill, NEXT)
    assert set(private_storage().listdir("papers")[1]) == kept


def test_a_number_that_a_neighbour_claims_keeps_nobody_from_theirs(mill, flakes):
    add(CooperativeFactory())
    add(mill)
    assert window(flakes) == (DAY - YEAR, DAY)


def test_papers_have_no_public_address(mill):
    paper = add(mill)
    with pytest.raises(ValueError, match="no address"):
        str(paper.file.url)
