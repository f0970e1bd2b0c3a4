"""Rows of a demo town are kept in chunks, each an action of its own, the next made while one is written."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db.models import Model

from wangge.access.actor import Actor
from wangge.access.bulk import Kept, chunks
from wangge.places.actions import keep

T = TypeVar("T")
Keep = Callable[..., Kept[Any]]


def kept(rows: Iterable[Model], by: Actor, *, action: Keep = keep) -> Iterator[int]:
    """Keep rows in chunks, each an action of its own, and give their ids in order."""
    for chunk in ahead(chunks(rows)):
        for row in action(chunk, by=by).rows:
            yield row.pk


def ahead(made: Iterator[T]) -> Iterator[T]:
    """While one is used the next is made: a core for the database, a core for this."""
    with ThreadPoolExecutor(1) as maker:
        waiting = maker.submit(next, made, None)
        while (one := waiting.result()) is not None:
            waiting = maker.submit(next, made, None)
            yield one


def every(rows: Iterable[Model], by: Actor, *, action: Keep = keep) -> None:
    """Keep rows whose ids nobody asks for."""
    for _ in kept(rows, by, action=action):
        pass
