import pytest

from cms.brands.models import BrandIndexPage
from tests.cms.conftest import publish


@pytest.fixture
def brands(home):
    return publish(home.add_child(instance=BrandIndexPage(title="品牌与产地", slug="brands")))
