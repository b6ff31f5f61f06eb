"""Whoever was a manager owns the business's place here."""

from django.db import migrations


def rename(old, new):
    def change(apps, _):
        apps.get_model("producers", "Membership").objects.filter(role=old).update(role=new)

    return change


class Migration(migrations.Migration):
    dependencies = [("producers", "0002_membership_roles")]
    operations = [migrations.RunPython(rename("manager", "owner"), rename("owner", "manager"))]
