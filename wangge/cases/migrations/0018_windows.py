"""A search in a million cases: the newest first, and no further back than needed."""

from pathlib import Path

from django.db import migrations

OPEN = (
    "reported", "verifying", "accepted", "filed", "returned", "reopened", "dispatched", "in_progress", "extension",
    "suspended", "handled", "checking", "rework", "revisiting",
)  # fmt: skip
SQL = Path(__file__).with_name("windows.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = (("cases", "0017_handover"),)
    operations = (migrations.RunSQL(SQL.replace(":open", ", ".join(f"'{state}'" for state in OPEN))),)
