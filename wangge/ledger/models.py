"""The book: one row per action, sealed in batches. Partitioned by month in the database."""

from django.db import models


class Entry(models.Model):
    """What was done: verb, subject and facts as codes and ids; who, when and why are stamped by the database."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    xid = models.BigIntegerField()
    actor_id = models.IntegerField()
    purpose = models.CharField(max_length=40)
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=80)
    area_id = models.IntegerField(null=True)
    facts = models.JSONField()

    class Meta:
        managed = False
        db_table = "ledger_entry"


class Seal(models.Model):
    """A batch of entries and its digest, which covers the digest before it."""

    id = models.IntegerField(primary_key=True)
    at = models.DateTimeField()
    below_xid = models.BigIntegerField()
    entries = models.IntegerField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_seal"


class Cursor(models.Model):
    """How far a reader of the outbox has come: all transactions below `below_xid` are done."""

    reader = models.CharField(max_length=64, primary_key=True)
    below_xid = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_cursor"
