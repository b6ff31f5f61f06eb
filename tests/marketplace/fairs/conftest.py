import pytest

from catalog.producers.models import Cooperative, Membership
from marketplace.accounts.models import User
from marketplace.fairs.models import Exhibitor
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.admission import add_a_licence
from tests.factories.fairs import ExhibitorFactory, FairFactory
from tests.marketplace.dashboard.conftest import BEGINNING, somebody


def licensed(cooperative: Cooperative) -> Cooperative:
    """With what processed food needs, without end."""
    for kind in ("business_licence", "food_production_licence"):
        add_a_licence(cooperative, kind=kind)
    return cooperative


def applicant_of(fair, **about) -> Exhibitor:
    """Applied, with papers and one good."""
    good = ProductFactory(cooperative=licensed(CooperativeFactory(**about)))
    return ExhibitorFactory(fair=fair, cooperative=good.cooperative, goods=[good], state="applied")


def seller_of(cooperative: Cooperative, name: str = "seller", role: str = "owner") -> User:
    user = somebody(name)
    Membership.objects.create(user=user, cooperative=cooperative, role=role, begins_on=BEGINNING)
    return user


@pytest.fixture
def fair(db):
    return FairFactory()


@pytest.fixture
def organiser(db):
    return somebody("organiser")


@pytest.fixture
def maker(db):
    return CooperativeFactory(slug="beipo", name="北坡（虚构）")
