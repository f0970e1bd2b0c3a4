"""A kept picture: random name, re-encoded, without metadata."""

from django.db import models


class File(models.Model):
    """What stands in the folder of media under the row's name; the original is never kept."""

    name = models.CharField(max_length=40, unique=True)
    owner = models.CharField(max_length=80)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    digest = models.BinaryField()
    kept_at = models.DateTimeField()
