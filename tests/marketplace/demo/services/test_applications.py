from collections import Counter

import pytest
from django.utils import timezone

from catalog.producers.models import Application, Objection, Recommendation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_somebody_stands_at_each_point_that_waits_for_a_person():
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == {"returned": 1, "submitted": 2, "recommended": 1, "notice": 2}
    assert Application.objects.get(applicant__email="consumer@example.com").state == "returned"
    assert set(Application.objects.values_list("county", flat=True)) == {"150125"}


def test_one_notice_runs_with_an_objection_and_one_is_over():
    today = timezone.localdate()
    assert Application.objects.in_notice(today).get().objections.count() == 1
    waiting = Application.objects.waiting_for_operator(today)
    assert sorted(waiting.values_list("state", flat=True)) == ["notice", "notice", "recommended"]


def test_every_applicant_is_marked_as_invented():
    names = Application.objects.values_list("name", "contact_name")
    assert all("（虚构）" in name for pair in names for name in pair)


@pytest.mark.parametrize("days", [0, 15])
def test_loading_again_adds_nothing(load, days):
    models = (Application, Recommendation, Objection)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    load(days)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
