"""That a text ends before a paywall stands on the version that was read from the page, and not only on the intake."""

from django.db import migrations


def mark_versions(apps, schema_editor):
    stored = apps.get_model("intake", "Intake").objects.filter(
        reason="paywall", status__in=["added", "updated"], capture__version__isnull=False
    )
    versions = apps.get_model("articles", "ArticleVersion").objects
    versions.filter(pk__in=stored.order_by().values("capture__version")).update(paywalled=True)


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_one_spelling"), ("articles", "0009_paywalled")]

    operations = [migrations.RunPython(mark_versions, migrations.RunPython.noop, elidable=True)]
