"""The five roles that a new desk starts with."""

from django.db import migrations

ROLES = [
    ("viewer", "Viewer", ["read"]),
    ("editor", "Editor", ["read", "triage", "verify"]),
    ("reviewer", "Reviewer", ["read", "triage", "verify", "review"]),
    ("head", "Desk head", ["read", "triage", "verify", "review", "publish", "decide"]),
    ("admin", "Admin", ["read", "triage", "verify", "review", "publish", "decide", "manage", "administer"]),
]


def create(apps, schema_editor):
    Role = apps.get_model("accounts", "Role")
    for position, (key, name, capabilities) in enumerate(ROLES):
        Role.objects.get_or_create(
            key=key, defaults={"name": name, "capabilities": capabilities, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
