"""Canonical addresses are written in the one spelling that they have now."""

from contextlib import suppress

from django.db import IntegrityError, migrations, transaction

from factcheck.articles.canonical import canonical_url


def respell(apps, schema_editor):
    """Not where that would be too long to be kept, nor where another article has it: which of the two an editor wants, who may
    have worked on both, is not for a migration to say. Such an article stays as it is; what comes in finds the other one.
    """
    articles = apps.get_model("articles", "Article").objects
    addressed = articles.exclude(canonical_url="").order_by("pk").values_list("pk", "canonical_url")
    for pk, stored in addressed.iterator():
        now = canonical_url(stored)
        if now and now != stored:
            with suppress(IntegrityError), transaction.atomic():
                articles.filter(pk=pk).update(canonical_url=now)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_headlines")]

    # Back, nothing is to be done: each is a spelling that there was before too.
    operations = [migrations.RunPython(respell, migrations.RunPython.noop, elidable=True)]
