"""What waits is counted from its index alone; danger has an index; a search looks at less."""

from pathlib import Path

from django.db import migrations, models

OPEN = (
    "reported", "verifying", "accepted", "filed", "returned", "reopened", "dispatched", "in_progress", "extension",
    "suspended", "handled", "checking", "rework", "revisiting",
)  # fmt: skip
# An index alone answers only for pages known to hold nothing new, so the table is looked over often.
OFTEN = (
    "alter table cases_case set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)"
)
READ_BY_RULE = ("area", "lead", "number", "tracking_digest", "code_digest")
COUNTED = ("state", "urgent", "stage_at", "done_at")


class Migration(migrations.Migration):
    dependencies = (("cases", "0013_begin"),)
    operations = (
        migrations.RemoveIndex("case", "cases_open_due"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["due_at", "id"],
                name="cases_open_due",
                condition=models.Q(state__in=list(OPEN)),
                include=[*COUNTED, *READ_BY_RULE],
            ),
        ),
        migrations.RunSQL(OFTEN),
        migrations.AddIndex(
            "case",
            models.Index(fields=["-reported_at", "-id"], name="cases_urgent", condition=models.Q(urgent=True)),
        ),
        migrations.RunSQL(Path(__file__).with_name("holding.sql").read_text(encoding="utf-8")),
    )
