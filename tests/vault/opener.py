"""A process that opens everything it can, again and again: a stand-in for a web server or a worker at work.

It reads one word a line and answers with one line of JSON: `look` counts what opens; `end` ends it.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parents[2]


class Opener:
    """The other end of such a process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def look(self) -> dict[str, dict[str, int]]:
        """Of each compartment: how many fields, blind indexes and links there are, and how many open or are found."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("look\n")
        self.process.stdin.flush()
        seen: dict[str, dict[str, int]] = json.loads(self.process.stdout.readline())
        return seen


@contextmanager
def opener(**given: str) -> Iterator[Opener]:
    """Start one with these settings of the house."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WANGGE_")}
    named = {f"WANGGE_{name.upper()}": value for name, value in given.items()}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.vault.opener"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=ROOT, env=kept | named | {"DJANGO_SETTINGS_MODULE": "wangge.web.settings"},
    ) as process:  # fmt: skip
        try:
            yield Opener(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def _tried(work: Callable[..., Any], *given: Any, **more: Any) -> Any:
    from wangge.vault.keys import KeyDestroyed

    try:
        return work(*given, **more)
    except KeyDestroyed:
        return None


def look() -> dict[str, Counter[str]]:
    """Try every row of the emergency's table and of the registry, each by itself."""
    from django.db import connection

    from wangge.jobs.system import as_system

    with as_system("test"), connection.cursor() as cursor:
        cursor.execute("set local idle_in_transaction_session_timeout = 0")
        cursor.execute("select id, phone, phone_index from people_person")
        counted, phones = _registry(cursor.fetchall())
        cursor.execute("select compartment, token, reference, pseudonym, phone, phone_index from vt_affected")
        rows = cursor.fetchall()
        emergencies = {
            code: _emergency(code, [row[1:] for row in rows if row[0] == code], phones)
            for code in sorted({row[0] for row in rows})
        }
    return {"registry": counted, **emergencies}


def _registry(rows: list[Any]) -> tuple[Counter[str], dict[int, str]]:
    from wangge.vault import queries

    counted, phones = Counter[str](), dict[int, str]()
    for pk, phone, index in rows:
        place = {"table": "people_person", "column": "phone", "row": str(pk)}
        phones[pk] = _tried(queries.open_sealed, "registry", bytes(phone), **place) or ""
        found = _tried(queries.blind_indexes, "registry", phones[pk]) or ()
        counted.update(rows=1, fields=bool(phones[pk]), indexes=bytes(index) in found)
    return counted, phones


def _emergency(code: str, rows: list[Any], phones: dict[int, str]) -> Counter[str]:
    from wangge.vault import queries, subjects

    named, by_phone = set[bytes](), set[bytes]()
    for pk, clear in phones.items():
        named |= set(_tried(subjects.pseudonyms, code, subjects.Subject("person", pk)) or ())
        by_phone |= set(_tried(queries.blind_indexes, code, clear) or ())
    counted = Counter[str]()
    for token, reference, pseudonym, phone, index in rows:
        place = {"table": "vt_affected", "column": "phone", "row": token}
        field = _tried(queries.open_sealed, code, bytes(phone), **place)
        about = _tried(subjects.resolve, code, [(bytes(reference), token)], table="vt_affected")
        counted.update(
            rows=1, fields=bool(field), indexes=bytes(index) in by_phone, links=bool(about),
            pseudonyms=bytes(pseudonym) in named,
        )  # fmt: skip
    return counted


def main() -> None:
    django.setup()
    for line in sys.stdin:
        if line.strip() == "look":
            print(json.dumps(look()), flush=True)


if __name__ == "__main__":
    main()
