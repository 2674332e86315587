"""The rating scale that a new desk starts with; an admin may change it or make another."""

from django.db import migrations

RATINGS = [
    ("true", "True", 6, "true", "Accurate, and nothing that matters is missing."),
    (
        "mostly_true",
        "Mostly true",
        5,
        "mostly-true",
        "Accurate, but needs clarification or more information.",
    ),
    (
        "half_true",
        "Half true",
        4,
        "mixed",
        "Partly accurate; leaves out details or takes things out of context.",
    ),
    ("misleading", "Misleading", 3, "mixed", "The facts may hold, but they give a wrong impression."),
    (
        "mostly_false",
        "Mostly false",
        2,
        "mostly-false",
        "Contains an element of truth but ignores what would change it.",
    ),
    ("false", "False", 1, "false", "Not accurate."),
    ("unproven", "Unproven", None, "open", "The evidence that can be had does not settle it."),
]


def create(apps, schema_editor):
    scale = apps.get_model("verdicts", "RatingScale").objects.create(name="The desk's scale", in_use=True)
    Rating = apps.get_model("verdicts", "Rating")
    for position, (key, label, value, tone, definition) in enumerate(RATINGS):
        Rating.objects.create(
            scale=scale,
            key=key,
            label=label,
            value=value,
            tone=tone,
            definition=definition,
            position=position,
        )


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
