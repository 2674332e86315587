from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_one_spelling")]

    operations = [
        migrations.AddField(
            model_name="articleversion",
            name="paywalled",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
