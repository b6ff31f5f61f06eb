"""What organisers write is public as soon as it is saved: no superlative, no health claim."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from marketplace.fairs.models import Fair, Organisation
from tests.cms.expos.desk.test_form import TALK, errors_of, typed
from tests.factories.fairs import FairFactory

pytestmark = pytest.mark.django_db
CLAIM = "全国最佳莜面，降血糖"


@pytest.mark.parametrize("field", ["name", "name_en", "theme", "venue", "transport"])
def test_a_fair_that_boasts_is_not_kept(client, organiser, field):
    answer = client.post(reverse("fairs:add"), typed(**{field: CLAIM}))
    assert errors_of(answer) == [field]
    assert "最佳" in answer.context["form"].errors[field][0]
    assert CLAIM in answer.content.decode()
    assert not Fair.objects.exists()


def test_a_programme_that_boasts_is_refused_beside_its_row(client, organiser):
    fair = FairFactory()
    talk = {**TALK, "title": "莜面治疗糖尿病"}
    answer = client.post(reverse("fairs:edit", args=[fair.pk]), typed({"sessions": [talk]}))
    assert errors_of(answer) == ["title"]
    assert not fair.sessions.exists()


def test_a_row_that_is_taken_out_may_say_anything(client, organiser):
    talk = {**TALK, "title": CLAIM, "DELETE": "1"}
    client.post(reverse("fairs:add"), typed({"sessions": [talk]}))
    assert not Fair.objects.get().sessions.exists()


def test_an_organisation_does_not_boast_in_its_name(client, organiser):
    organiser.user_permissions.add(Permission.objects.get(codename="add_organisation"))
    address = reverse("organisations:add")
    answer = client.post(address, {"name": "天下第一会务", "name_en": ""})
    assert list(answer.context["form"].errors) == ["name"]
    assert not Organisation.objects.exists()
