"""Everyone who was ever given a role carries the mark by which pages know to ask for roles."""

from django.db import migrations


def mark(apps, schema_editor):
    held = apps.get_model("accounts", "Role").objects.values("user")
    apps.get_model("accounts", "User").objects.filter(pk__in=held).update(ever_had_role=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_user_ever_had_role")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
