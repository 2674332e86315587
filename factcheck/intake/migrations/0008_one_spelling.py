"""Canonical addresses of what was handed in are written in the one spelling that they have now."""

from contextlib import suppress

from django.db import IntegrityError, migrations, transaction

from factcheck.articles.canonical import canonical_url


def respell(apps, schema_editor):
    """Not where that would be too long to be kept, nor where another fetch of it is under way: both end by themselves."""
    intakes = apps.get_model("intake", "Intake").objects
    addressed = intakes.exclude(canonical_url="").order_by("pk").values_list("pk", "canonical_url")
    for pk, stored in addressed.iterator():
        now = canonical_url(stored)
        if now and now != stored:
            with suppress(IntegrityError), transaction.atomic():
                intakes.filter(pk=pk).update(canonical_url=now)


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_rows_of_their_own")]

    # Back, nothing is to be done: each is a spelling that there was before too.
    operations = [migrations.RunPython(respell, migrations.RunPython.noop, elidable=True)]
