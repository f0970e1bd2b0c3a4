"""A small TCP proxy of our own that spoils lines: the kernel's own tool for that is not everywhere."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

Fault = Literal["none", "refuse", "cut request", "cut answer", "half open", "slow", "twice"]
BLOCK = 65_536
RESET = struct.pack("ii", 1, 0)


def pump(source: socket.socket, sink: socket.socket, look: Callable[[bytes], bytes] = bytes) -> None:
    """Pass bytes on until either side ends; `look` may keep some back."""
    with suppress(OSError):
        while block := source.recv(BLOCK):
            sink.sendall(look(block))
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def whole(connection: socket.socket) -> bytes:
    """One HTTP request with its body."""
    seen = b""
    while b"\r\n\r\n" not in seen:
        block = connection.recv(BLOCK)
        if not block:
            return seen
        seen += block
    head, _blank, body = seen.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body) if lengths else 0
    while missing > 0 and (block := connection.recv(BLOCK)):
        seen, missing = seen + block, missing - len(block)
    return seen


def reset(connection: socket.socket) -> None:
    """Break the connection off instead of ending it."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    connection.close()


@dataclass
class Proxy:
    """Listens on a port of its own and passes on to `target`, each connection with the fault set at its beginning."""

    target: int
    fault: Fault = "none"
    port: int = 0
    passed: int = 0
    _listener: socket.socket = field(default_factory=socket.socket)
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self._listener.settimeout(0.2)
        self.port = self._listener.getsockname()[1]
        self._run(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(15)
        self._listener.close()

    def _run(self, what: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=what, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ended.is_set():
            with suppress(TimeoutError):
                caller, _address = self._listener.accept()
                self._run(self._serve, caller, self.fault)

    def _serve(self, caller: socket.socket, fault: Fault) -> None:
        caller.settimeout(10)
        if fault == "refuse":
            reset(caller)
            return
        try:
            with caller, socket.create_connection(("127.0.0.1", self.target), timeout=10) as server:
                self._spoil(caller, server, fault)
        except OSError:
            reset(caller)

    def _spoil(self, caller: socket.socket, server: socket.socket, fault: Fault) -> None:
        request = whole(caller)
        self.passed += 1
        if fault == "cut request":
            server.sendall(request[: len(request) - 10])
            reset(server)
            reset(caller)
        elif fault == "cut answer":
            server.sendall(request)
            server.recv(1)  # it was done, and nobody hears of it
            reset(caller)
        elif fault == "half open":
            server.sendall(request)
            self._ended.wait(1)
            reset(caller)
        elif fault == "twice":
            with socket.create_connection(("127.0.0.1", self.target), timeout=10) as again:
                again.sendall(request)
                server.sendall(request)
                again.recv(BLOCK)
            pump(server, caller)
        else:
            self._pass_on(caller, server, request, 40 if fault == "slow" else 0)

    def _pass_on(self, caller: socket.socket, server: socket.socket, request: bytes, parts: int) -> None:
        size = max(1, len(request) // parts) if parts else len(request)
        for at in range(0, len(request), size):
            server.sendall(request[at : at + size])
            if parts:
                time.sleep(0.02)
        pump(server, caller)
