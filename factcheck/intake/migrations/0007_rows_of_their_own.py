"""Files and texts become rows of their own beside a fetch of the same address."""

from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat


def mark_what_was_handed_in(apps, schema_editor):
    """With something of their own in place of a hash, which only has to tell them from each other."""
    intakes = apps.get_model("intake", "Intake").objects
    uploaded = Q(capture__isnull=False, capture__status__isnull=True)
    handed_in = intakes.filter(~Q(file="") | Q(given__has_key="text") | uploaded)
    intakes.filter(pk__in=handed_in.order_by().values("pk")).update(
        digest=Concat(Value("row "), Cast(F("pk"), models.CharField()))
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_failed_newest_first")]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="digest",
            field=models.CharField(blank=True, editable=False, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(mark_what_was_handed_in, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="intake", name="intake_one_at_a_time"),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                condition=Q(
                    ("status__in", ["queued", "running", "later"]),
                    models.Q(("canonical_url", ""), _negated=True),
                ),
                fields=("canonical_url", "digest"),
                name="intake_one_at_a_time",
            ),
        ),
    ]
