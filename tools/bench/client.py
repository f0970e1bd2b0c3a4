"""The load: many keep-alive connections from one small process, which says what it took itself.

Runs as a program of its own (`python -m tools.bench.client`): a task as JSON on standard input, the counts on output.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any

BOUNDARY = "----wangge-bench"
RENEWED_AFTER = 200  # requests: residents do not share connections, and a network has a budget of reports per hour


@dataclass
class Wire:
    """One connection and what it waits for."""

    port: int
    source: str
    requests: Iterator[bytes]
    sent: int = 0
    begun: float = 0.0
    heard: bytearray = field(default_factory=bytearray)
    link: socket.socket = field(init=False)

    def open(self) -> None:
        self.link = socket.create_connection(("127.0.0.1", self.port), 30, (self.source, 0))
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        self.heard.clear()
        self.sent += 1
        self.begun = time.perf_counter()
        self.link.sendall(next(self.requests))

    def listen(self) -> int | None:
        """The status, once the whole answer is here."""
        piece = self.link.recv(262_144)
        if not piece:
            return 0
        self.heard += piece
        return status_of(self.heard)


def status_of(heard: bytes | bytearray) -> int | None:
    """The status of an answer, or None while more of it has to come."""
    end = heard.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(heard[:end]).lower()
    status = int(head[9:12])
    if status in (204, 304):
        return status
    at = head.find(b"\r\ncontent-length:")
    if at < 0:
        return status if heard.endswith(b"0\r\n\r\n") else None
    length = int(head[at + 17 :].split(b"\r\n", 1)[0])
    return status if len(heard) >= end + 4 + length else None


def gets(task: dict[str, Any]) -> Iterator[bytes]:
    """Pages asked for in turn, each in somebody's session."""
    for path, cookie in cycle(task["calls"]):
        yield f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()


def reports(task: dict[str, Any]) -> Iterator[bytes]:
    """Reports of residents, as a browser sends the form: every one another place, another sentence, another key."""
    csrf = task.get("csrf", "")
    for number, path in zip(count(task.get("first", 0)), cycle(task["paths"])):
        words = f"楼道里的灯坏了三天，晚上看不见路，请来修一修（测速 {number}）"
        form = {"csrfmiddlewaretoken": csrf, "key": f"{task['run']}-{number:012d}", "text": words, "contact": "none"}
        body = multipart({**form, "via": "", "where": "", "category": "", "phone": ""})
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken={csrf}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def multipart(form: dict[str, str]) -> bytes:
    """The fields of a form that could hold photos too."""
    parts = (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in form.items())
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()


def sources() -> Iterator[str]:
    """Addresses of this machine, each in a network of its own."""
    for number in count(1):
        yield f"127.{1 + number // 250 % 250}.{1 + number % 250}.1"


def drive(task: dict[str, Any]) -> dict[str, Any]:
    """Keep every connection busy until the time is over; only what began after the warm-up counts."""
    made = (reports if task["kind"] == "reports" else gets)(task)
    nets = sources()
    watch = selectors.DefaultSelector()
    begin = time.perf_counter() + task["warm"]
    end = begin + task["seconds"]
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    everything = 0
    for _ in range(task["connections"]):
        _begin(watch, Wire(task["port"], next(nets), made))
    while watch.get_map():
        for key, _mask in watch.select(30):
            wire: Wire = key.data
            status = wire.listen()
            if status is None:
                continue
            now = time.perf_counter()
            everything += status == task["good"]
            if begin <= wire.begun and now <= end:
                waits.append(now - wire.begun)
                statuses[status] += 1
            if now < end and status and wire.sent < RENEWED_AFTER:
                wire.ask()
                continue
            watch.unregister(wire.link)
            wire.link.close()
            if now < end:
                _begin(watch, Wire(task["port"], next(nets), made))
    return {"waits": waits, "statuses": dict(statuses), "good_in_all": everything, "cpu": time.process_time()}


def _begin(watch: selectors.BaseSelector, wire: Wire) -> None:
    wire.open()
    watch.register(wire.link, selectors.EVENT_READ, wire)
    wire.ask()


if __name__ == "__main__":
    json.dump(drive(json.load(sys.stdin)), sys.stdout)
