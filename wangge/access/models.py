"""Sessions, posts and the reach of areas: what row-level security decides by."""

from django.conf import settings
from django.db import models


class Role(models.Model):
    """A function somebody may hold; filled from the catalogue, writable by the owner of the database only."""

    code = models.CharField(max_length=32, primary_key=True)
    granted_by = models.JSONField(default=list)
    second_factor = models.BooleanField(default=False)


class Post(models.Model):
    """Who holds which role, where, from when to when. Access ends with the post, at read time."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    role = models.ForeignKey(Role, models.PROTECT, db_column="role")
    area_id = models.IntegerField(null=True)
    organisation_id = models.IntegerField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="access_post_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        )
        indexes = (models.Index(fields=["area_id", "role"], name="access_post_area"),)


class Reach(models.Model):
    """Which area lies inside which, itself included; kept by a trigger on the table of areas."""

    ancestor_id = models.IntegerField()
    descendant_id = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["ancestor_id", "descendant_id"], name="access_reach_once"),)
        indexes = (models.Index(fields=["descendant_id"], name="access_reach_descendant"),)


class ReachVersion(models.Model):
    """One row: how often an area was moved, ended or renamed. What was remembered of the tree is forgotten then."""

    number = models.BigIntegerField()


class Session(models.Model):
    """An open session: the digest of its secret, never the secret. The app role cannot read this table."""

    token_digest = models.BinaryField(primary_key=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    purpose = models.CharField(max_length=40)
    label = models.CharField(max_length=200, default="")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["account", "-opened_at"], name="access_session_account"),)


class SessionKey(models.Model):
    """The two halves of the HMAC key with which only our processes can open a session. Owner only."""

    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()


class Receipt(models.Model):
    """The answer given to a request that may be sent twice."""

    account_id = models.IntegerField()
    key = models.CharField(max_length=64)
    body_digest = models.BinaryField()
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account_id", "key"], name="access_receipt_once"),)
        indexes = (models.Index(fields=["at"], name="access_receipt_at"),)


class Budget(models.Model):
    """How often something was tried in a window: sign-ins, codes, reports per place and net."""

    key_digest = models.BinaryField(primary_key=True)
    window_ends_at = models.DateTimeField()
    spent = models.IntegerField()
