from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0003_rooms_of_the_shelf")]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="room",
            field=models.CharField(
                choices=[
                    ("delivery", "Delivery"),
                    ("stock", "Stock"),
                    ("parcel", "Parcel"),
                    ("paper", "Papers"),
                    ("words", "Search words"),
                    ("specialty", "Specialties"),
                    ("region", "Regions"),
                    ("badge", "Producers' pictures"),
                ],
                max_length=10,
                verbose_name="Room",
            ),
        ),
    ]
