"""Whatever SQL asks: passwords, locks and second factors are changed by their owner or an administrator."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (
        ("teams", "0003_endings"),
        ("mfa", "0003_authenticator_type_uniq"),
    )
    operations = (migrations.RunSQL(Path(__file__).with_name("accounts.sql").read_text(encoding="utf-8")),)
