"""The people of the three groups, signed in, and pages that they work on."""

import gc
import warnings

import pytest
from django.test import Client

from cms.expos.models import FairIndexPage
from cms.home.groups import ensure_groups
from cms.home.models import StandardPage
from cms.images.models import PageImage
from marketplace.accounts.models import User
from tests.cms.conftest import picture_file, publish
from tests.factories.consents import new_consent


@pytest.fixture
def groups(db):
    return ensure_groups()


def signed_in(email, group):
    user = User.objects.create_user(email, last_name=f"{group.name}甲")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(groups):
    return signed_in("editor@example.com", groups.editors)


@pytest.fixture
def approver(groups):
    return signed_in("approver@example.com", groups.approvers)


@pytest.fixture
def organiser(groups, expos):
    group = ensure_groups().organisers
    return signed_in("organiser@example.com", group)


@pytest.fixture
def expos(home):
    """Where the pages of fairs are."""
    return publish(home.add_child(instance=FairIndexPage(title="展销会", slug="expos")))


@pytest.fixture
def story(home):
    return publish(
        home.add_child(
            instance=StandardPage(title="下窖那天", slug="story", introduction="风里都是土味")
        )
    )


@pytest.fixture
def indexed(django_capture_on_commit_callbacks):
    """Saves within it are followed by the worker, which keeps the index of references."""

    def within():
        return django_capture_on_commit_callbacks(execute=True)

    return within


@pytest.fixture
def consent(db):
    return new_consent()


@pytest.fixture
def portrait(consent):
    return PageImage.objects.create(
        title="王大娘",
        file=picture_file(),
        alt_text="王大娘在窖口",
        shows_person=True,
        consent=consent,
    )


@pytest.fixture
def uploads_closed():
    """Wagtail leaves an upload open; it is closed here, and not in somebody else's test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
