"""What every installation needs can be loaded again at any time."""

import pytest
from django.core.management import call_command

from catalog.origins.models import Region
from marketplace.shipping.models import Tariff, Zone

pytestmark = pytest.mark.django_db


def everything() -> tuple:
    return (
        list(Region.objects.order_by("pk").values()),
        list(Zone.objects.order_by("pk").values()),
        list(Tariff.objects.order_by("pk").values()),
    )


def test_loading_again_changes_nothing_and_says_what_is_there(capsys):
    before = everything()
    call_command("load_reference_data")
    assert everything() == before
    assert "0 delivery zones were added" in capsys.readouterr().out


def test_zones_are_loaded_where_there_are_none():
    fees = set(Tariff.objects.values_list("zone__slug", "storage", "base_fee"))
    Zone.objects.all().delete()
    call_command("load_reference_data", verbosity=0)
    assert set(Tariff.objects.values_list("zone__slug", "storage", "base_fee")) == fees
