"""A receipt is written once, with its answer; whoever sends the same request waits at a lock, not at a half-made row."""

from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("access", "0003_reach"),)
    operations = (
        migrations.RunSQL("delete from access_receipt where answer is null"),
        migrations.AlterField("receipt", "answer", models.JSONField()),
        migrations.RunSQL("drop policy access_receipt_update on access_receipt"),
        migrations.RunSQL(Path(__file__).with_name("receipt.sql").read_text(encoding="utf-8")),
    )
