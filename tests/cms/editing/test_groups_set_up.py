"""An installation gets its groups by a command, and organisers their pages when these are made."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from cms.expos.models import FairIndexPage
from cms.home.groups import APPROVERS, EDITORS, ORGANISERS
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db


def test_the_command_makes_the_groups_once():
    for _time in range(2):
        call_command("set_up_groups", stdout=StringIO())
    names = Group.objects.filter(name__in=(EDITORS, ORGANISERS, APPROVERS))
    assert names.count() == 3


def test_organisers_may_write_below_a_list_of_fairs_made_later(home):
    call_command("set_up_groups", stdout=StringIO())
    organisers = Group.objects.get(name=ORGANISERS)
    assert not organisers.page_permissions.exists()
    index = publish(home.add_child(instance=FairIndexPage(title="展销会", slug="zhanxiao")))
    assert set(organisers.page_permissions.values_list("page", flat=True)) == {index.pk}


def test_without_groups_a_list_of_fairs_is_published_all_the_same(home):
    Group.objects.filter(name=ORGANISERS).delete()
    index = publish(home.add_child(instance=FairIndexPage(title="展销会", slug="zhanxiao")))
    assert index.live
    assert not Group.objects.filter(name=ORGANISERS).exists()
