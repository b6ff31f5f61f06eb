"""Orders from before goods were held for a time: theirs ended half an hour after they came."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F


def end_holding(apps, schema_editor):
    orders = apps.get_model("order", "Order").objects.filter(held_until=None)
    orders.update(held_until=F("date_placed") + timedelta(minutes=30))


class Migration(migrations.Migration):
    dependencies = [("order", "0025_states_known")]

    operations = [migrations.RunPython(end_holding, migrations.RunPython.noop, elidable=True)]
