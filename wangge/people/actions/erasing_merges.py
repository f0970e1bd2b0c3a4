"""Merges when a person goes, and when the time is over in which they could be taken back."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q

from wangge.people.models import Apart, Merge, MergedPerson


def remove_merges(persons: Sequence[int]) -> int:
    """Remove who was joined to these persons, what both held, and who was said to be somebody else."""
    merges = Merge.objects.filter(kept__in=persons)
    numbers = {*persons, *merges.values_list("gone", flat=True)}
    Apart.objects.filter(Q(first__in=numbers) | Q(second__in=numbers)).delete()
    MergedPerson.objects.filter(merge__in=merges).delete()
    return merges.delete()[0]


def forget_values(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove what the two held and what was done to their homes; that they were merged stays with the person."""
    merges = list(MergedPerson.objects.filter(pk__in=ids).values_list("merge_id", flat=True))
    Merge.objects.filter(pk__in=merges).update(moved={}, changed={})
    MergedPerson.objects.filter(pk__in=ids).delete()
    return {}
