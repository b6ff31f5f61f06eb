"""A good of a mill, and a certificate of it."""

from datetime import date

import pytest

from catalog.compliance import recompute_sellable
from catalog.models import ProductPaper
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.lots import paper_of
from tests.marketplace.buying import DAY
from tests.marketplace.dashboard.test_goods import licensed


@pytest.fixture
def mill():
    return CooperativeFactory(slug="mill", short_name_en="North Mill")


@pytest.fixture
def good(mill):
    licensed(mill)
    return ProductFactory(cooperative=mill)


@pytest.fixture
def certificate(good):
    paper = paper_of("organic_certificate", "O-1", ends=date(2027, 5, 1))
    ProductPaper.objects.create(product=good, paper=paper)
    recompute_sellable(product=good, day=DAY)
    return paper
