"""What a process remembers about the area tree is remembered under a number; a moved area makes a new one."""

from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("access", "0007_importing"),)
    operations = (
        migrations.CreateModel(
            name="ReachVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL("insert into access_reachversion (number) values (1)"),
        migrations.RunSQL(Path(__file__).with_name("version.sql").read_text(encoding="utf-8")),
    )
