from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group

from catalog.producers.models import Membership
from marketplace.accounts.models import Posting, User
from tests.factories import CooperativeFactory
from tests.marketplace.buying import NOW

BEGINNING = date(2020, 1, 1)


def somebody(name: str, **changes) -> User:
    return User.objects.create_user(f"{name}@example.com", "x", last_name=name, **changes)


def posted(name: str, role: str, region: str | None = None) -> User:
    user = somebody(name)
    Posting.objects.create(user=user, role=role, region_id=region, begins_on=BEGINNING)
    return user


def editor() -> User:
    user = somebody("editor")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


OUTSIDERS = {
    "consumer": lambda: somebody("consumer"),
    "organiser": lambda: posted("organiser", "organiser"),
    "editor": editor,
    "superuser": lambda: somebody("root", is_staff=True, is_superuser=True),
}


@pytest.fixture(autouse=True)
def monday_morning():
    """Goods ordered at NOW are still held for whoever ordered them."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(params=OUTSIDERS)
def outsider(db, request) -> User:
    """Somebody who may sign in, but sits at no desk."""
    return OUTSIDERS[request.param]()


@pytest.fixture
def operator(db) -> User:
    return posted("operator", "operator")


@pytest.fixture
def office(client, operator):
    """A client signed in as the operator."""
    client.force_login(operator)
    return client


@pytest.fixture
def maker(db):
    """The cooperative of `clerk`."""
    return CooperativeFactory(slug="beipo", name="北坡（虚构）")


@pytest.fixture
def clerk(client, maker):
    """A client signed in as the cooperative's clerk."""
    user = somebody("clerk")
    Membership.objects.create(user=user, cooperative=maker, role="clerk", begins_on=BEGINNING)
    client.force_login(user)
    return client
