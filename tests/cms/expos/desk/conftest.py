"""Organisers and reviewers at the desk of a fair whose call is open."""

import pytest
import time_machine
from django.contrib.auth.models import Permission

from marketplace.accounts.models import User
from marketplace.fairs.models import Reviewer
from tests.factories.fairs import LATER, FairFactory

ENTER = ("access_admin",)
ARRANGE = (*ENTER, "add_fair", "change_fair", "view_fair")


@pytest.fixture(autouse=True)
def first_of_december():
    with time_machine.travel(LATER, tick=False):
        yield


def allowed(name, *codenames):
    user = User.objects.create_user(f"{name}@example.com", last_name=name)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def fair(db):
    return FairFactory()


@pytest.fixture
def organiser(client, db):
    user = allowed("organiser", *ARRANGE)
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(fair):
    user = allowed("reviewer", *ENTER)
    Reviewer.objects.create(fair=fair, user=user)
    return user


def desk(fair, more=""):
    return f"/cms/fair/{fair.pk}/{more}"


def application(exhibitor):
    return desk(exhibitor.fair, f"applications/{exhibitor.pk}/")


def post(client, address, **data):
    return client.post(address, data, follow=True)


def shown(response):
    return response.content.decode()
