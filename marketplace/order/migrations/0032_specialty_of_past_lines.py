from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def keep_specialties(apps, _schema_editor):
    """That of the good as it is now: what it was at the sale is not known of these lines."""
    product = apps.get_model("catalogue", "Product").objects.filter(pk=OuterRef("product"))
    specialty = Coalesce("parent__specialty", "specialty")
    rows = apps.get_model("order", "Line").objects.filter(specialty=None)
    rows.update(specialty=Subquery(product.values_list(specialty)[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('order', '0031_specialty_kept'),
    ]

    operations = [
        migrations.RunPython(keep_specialties, migrations.RunPython.noop),
    ]
