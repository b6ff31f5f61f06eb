"""A cooperative's shipping room, as its clerk enters it."""

import pytest

from marketplace.order.models import Consignment
from tests.factories import CooperativeFactory
from tests.marketplace.dashboard.walking import member_of

__all__ = ["CooperativeFactory", "clerk", "clerks_browser", "cooperative", "path", "text"]


@pytest.fixture
def cooperative(db):
    return CooperativeFactory()


@pytest.fixture
def clerk(cooperative):
    return member_of(cooperative, "clerk", "clerk")


@pytest.fixture
def clerks_browser(client, clerk):
    client.force_login(clerk)
    return client


def path(about, tail: str = "") -> str:
    """Of a parcel, or of a cooperative's list of the day."""
    if isinstance(about, Consignment):
        slug = about.partner.cooperative.slug
        return f"/en/dashboard/c/{slug}/parcels/{about.pk}/{tail}"
    return f"/en/dashboard/c/{about.slug}/today/{tail}"


def text(response) -> str:
    return response.content.decode()
