from django.db import migrations


def delete_figures_of_headlines(apps, _editor):
    """The constraints of before know no figure outside of a text; the alerts that hold one go with it."""
    apps.get_model("figures", "Figure").objects.filter(headline__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_figures_of_headlines")]

    operations = [migrations.RunPython(migrations.RunPython.noop, delete_figures_of_headlines)]
