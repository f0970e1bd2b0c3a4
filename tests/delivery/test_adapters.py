"""The ways out of the house, against a twin of the other side. All numbers are invented."""

import socket
import threading
from collections.abc import Iterator

import pytest
import structlog.testing

from tests.delivery.conftest import Gateway
from wangge.delivery.adapters import Console, Email, HttpSms, Rejected, Undelivered, adapter

PHONE, TEXT = "13800000001", "您的报事已受理。"


@pytest.fixture
def sms(gateway: Gateway) -> HttpSms:
    return HttpSms(gateway.url, "invented-token")


def test_a_message_is_posted_with_its_key_and_gives_a_receipt(sms: HttpSms, gateway: Gateway) -> None:
    assert sms.send(PHONE, TEXT, key="entry-1") == "R1"
    assert gateway.sent == [{"to": PHONE, "text": TEXT, "key": "entry-1"}]
    assert gateway.asked == [("POST", "/send", "Bearer invented-token")]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(sms: HttpSms, gateway: Gateway, status: int) -> None:
    gateway.answer(status, Location=f"http://127.0.0.1:{gateway.port}/elsewhere")
    with pytest.raises(Undelivered, match="redirected"):
        sms.send(PHONE, TEXT, key="entry-1")
    assert [path for _method, path, _token in gateway.asked] == ["/send"]


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_what_will_never_be_taken_is_not_tried_again(sms: HttpSms, gateway: Gateway, status: int) -> None:
    gateway.answer(status, b"no such number 13800000001")
    with pytest.raises(Rejected) as rejected:
        sms.send(PHONE, TEXT, key="entry-1")
    assert str(rejected.value) == f"HTTP {status}"


ODD = [
    (401, b""), (429, b""), (500, b""), (503, b""), (200, b"not json"), (200, b"[]"), (200, b"{}"), (200, b"null"),
    (200, b'"receipt"'), (200, b"\xff\xfe"), (204, b""),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body"), ODD)
def test_an_odd_answer_is_tried_again_and_tells_nothing_personal(
    sms: HttpSms, gateway: Gateway, status: int, body: bytes
) -> None:
    gateway.answers = [(status, body or b" ", {})]
    with pytest.raises(Undelivered) as problem:
        sms.send(PHONE, TEXT, key="entry-1")
    assert (PHONE in str(problem.value), type(problem.value)) == (False, Undelivered)


def test_a_long_receipt_is_cut(sms: HttpSms, gateway: Gateway) -> None:
    gateway.answer(200, b'{"receipt": "' + b"r" * 5000 + b'"}')
    assert sms.send(PHONE, TEXT, key="entry-1") == "r" * 120


def test_a_gateway_that_is_away_is_tried_again() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    with pytest.raises(Undelivered, match="URLError"):
        HttpSms(f"http://127.0.0.1:{port}/", "").send(PHONE, TEXT, key="entry-1")


def test_a_proxy_of_the_environment_is_not_asked(
    sms: HttpSms, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert sms.send(PHONE, TEXT, key="entry-1") == "R1"


def test_other_ways_than_http_are_not_known() -> None:
    with pytest.raises(Undelivered):
        HttpSms("file:///etc/passwd", "").send(PHONE, TEXT, key="entry-1")


def test_the_console_tells_neither_whom_nor_what() -> None:
    with structlog.testing.capture_logs() as lines:
        assert Console().send(PHONE, TEXT, key="entry-1") == "console:entry-1"
    assert lines == [
        {"event": "message", "log_level": "info", "key": "entry-1", "characters": 8, "recipient_characters": 11}
    ]


def test_without_server_or_gateway_the_console_stands_in() -> None:
    assert [type(adapter(channel)) for channel in ("sms", "email", "console")] == [Console] * 3


def test_the_settings_choose_the_way(by_http: Gateway) -> None:
    assert type(adapter("sms")) is HttpSms


@pytest.fixture
def mail() -> Iterator[tuple[int, list[str]]]:
    """A mail server that takes everybody but `nobody@`, and writes down what it hears."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=converse, args=(server, heard))
        thread.start()
        yield server.getsockname()[1], heard
        with socket.create_connection(server.getsockname()) as last:
            last.sendall(b"QUIT\r\n")
        thread.join(5)


def converse(server: socket.socket, heard: list[str]) -> None:
    connection, _address = server.accept()
    with connection, connection.makefile("rwb") as line:
        line.write(b"220 here\r\n")
        line.flush()
        body = False
        while said := line.readline().decode().rstrip("\r\n") or (body and " "):
            heard.append(said)
            if body:
                body = said != "."
                answer = b"" if body else b"250 taken\r\n"
            elif said.upper() == "DATA":
                body, answer = True, b"354 go on\r\n"
            elif said.upper() == "QUIT":
                line.write(b"221 bye\r\n")
                line.flush()
                return
            else:
                answer = b"550 nobody of that name\r\n" if "nobody@" in said else b"250 well\r\n"
            line.write(answer)
            line.flush()


def test_a_mail_goes_to_the_configured_server(mail: tuple[int, list[str]]) -> None:
    port, heard = mail
    receipt = Email(f"smtp://127.0.0.1:{port}").send("sun@example.org", "It is done.\nMore.", key="entry-7")
    assert receipt == "email:entry-7"
    assert {"mail FROM:<wangge@localhost>", "rcpt TO:<sun@example.org>", "Subject: It is done."} <= set(heard)
    assert "Message-ID: <entry-7@wangge>" in heard


def test_a_mail_nobody_takes_is_not_tried_again(mail: tuple[int, list[str]]) -> None:
    with pytest.raises(Rejected):
        Email(f"smtp://127.0.0.1:{mail[0]}").send("nobody@example.org", "It is done.", key="entry-8")


def test_a_mail_server_that_is_away_is_tried_again() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    with pytest.raises(Undelivered, match="ConnectionRefusedError"):
        Email(f"smtp://127.0.0.1:{port}").send("sun@example.org", "It is done.", key="entry-9")


def test_a_subject_is_one_line(mail: tuple[int, list[str]]) -> None:
    port, heard = mail
    Email(f"smtp://127.0.0.1:{port}").send("sun@example.org", "Done\r\nBcc: all@example.org\r\nMore", key="entry-7")
    assert [line for line in heard if line.startswith(("rcpt", "Subject"))] == [
        "rcpt TO:<sun@example.org>", "Subject: Done",
    ]  # fmt: skip
