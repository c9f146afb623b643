"""The ledger of consents is only added to: the database refuses to change a line. Letting go of an erased answer is no change."""

from django.db import migrations

FIXED = ("id", "member_number", "field", "attribution", "audience", "version", "sentence_hash", "at")
CHANGED_SQLITE = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in FIXED)
CHANGED_POSTGRES = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in FIXED)

SQLITE = [
    "CREATE TRIGGER consent_no_update BEFORE UPDATE ON feedback_voiceconsent "
    f"WHEN NEW.answer_id IS NOT NULL OR {CHANGED_SQLITE} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger of consents is only added to'); END",
]
POSTGRES = [
    "CREATE FUNCTION consent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'the ledger of consents is only added to'; END $$",
    "CREATE TRIGGER consent_no_update BEFORE UPDATE ON feedback_voiceconsent FOR EACH ROW "
    f"WHEN (NEW.answer_id IS NOT NULL OR {CHANGED_POSTGRES}) EXECUTE FUNCTION consent_refuse()",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER consent_no_update")
    else:
        schema_editor.execute("DROP TRIGGER consent_no_update ON feedback_voiceconsent")
        schema_editor.execute("DROP FUNCTION consent_refuse")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_first")]
    operations = [migrations.RunPython(guard, unguard)]
