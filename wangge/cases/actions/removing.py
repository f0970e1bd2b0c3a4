"""What of a closed case goes when its time is over: how to reach the reporter, and pictures in which people may be."""

from collections.abc import Mapping, Sequence
from datetime import date

from wangge.cases.models import Contact, Photo
from wangge.files.actions import forget, wipe
from wangge.files.models import File


def remove_contacts(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove how to reach the reporter; the case goes on without."""
    Contact.objects.filter(pk__in=ids).delete()
    return {}


def remove_photos(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove photos, their rows and the pictures on the disk.

    The disk comes first: broken off there, the rows are still found and the next run finishes it.
    """
    photos = Photo.objects.filter(pk__in=ids)
    files = list(photos.values_list("file_id", flat=True))
    wipe(files)
    photos.delete()
    return {File._meta.db_table: forget(files)}
