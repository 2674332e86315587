"""What is old is so by the first answer of an address, also of one that a feed moved to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0006_keys_in_one_spelling"),
    ]

    operations = [
        migrations.AlterField(
            model_name="feeditem",
            name="left_out",
            field=models.CharField(
                blank=True,
                choices=[
                    ("path", "not one of the paths"),
                    ("old", "older than a week when the feed was first asked at its address"),
                ],
                max_length=10,
                verbose_name="left out",
            ),
        ),
    ]
