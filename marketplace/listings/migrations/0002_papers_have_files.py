from django.db import migrations, models

from marketplace.uploads import private_storage


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_proposals_and_imports")]

    operations = [
        migrations.AddField(
            model_name="proposalpaper",
            name="file",
            field=models.FileField(
                default="", storage=private_storage, upload_to="papers/", verbose_name="File"
            ),
            preserve_default=False,
        ),
    ]
