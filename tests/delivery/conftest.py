"""The other side: a gateway that writes down what it is sent, over a real line."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Gateway:
    """The recording twin of a provider of short messages. `answers` are given in order, the last one for ever."""

    port: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    answers: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.answers.append((status, body, headers))


def handler_of(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.asked.append(("POST", self.path, self.headers.get("Authorization", "")))
            gateway.sent.append(json.loads(content))
            receipt = json.dumps({"receipt": f"R{len({each['key'] for each in gateway.sent})}"}).encode()
            headers: dict[str, str] = {}
            status, body = 200, receipt
            if gateway.answers:
                status, body, headers = gateway.answers.pop(0) if len(gateway.answers) > 1 else gateway.answers[0]
                body = body or (receipt if status == 200 else b"")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            gateway.asked.append(("GET", self.path, self.headers.get("Authorization", "")))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the class above
            """Says nothing."""

    return Handler


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    made = Gateway()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_of(made)) as server:
        made.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.fixture
def by_http(gateway: Gateway) -> Iterator[Gateway]:
    """The settings of an installation that sends its messages to the twin."""
    from django.conf import settings
    from django.test import override_settings

    given = {"sms": "http", "sms_url": gateway.url, "sms_token": "invented-token"}
    with override_settings(WANGGE=settings.WANGGE.model_copy(update=given)):
        yield gateway
