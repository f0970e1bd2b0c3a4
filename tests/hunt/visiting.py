"""Somebody at the pages of the served house: real requests, real forms, real uploads."""

import http.client
from http.cookies import SimpleCookie
from secrets import token_hex
from urllib.parse import quote, urlencode

from tests.browse import hidden, signed_in
from tests.cast import Person

Files = dict[str, tuple[str, bytes]]


class Visitor:
    """Keeps the cookies, sends the token of each form along."""

    def __init__(self, port: int, person: Person | None = None) -> None:
        self.port = port
        self.cookies: dict[str, str] = {"wg_language": "zh-hans"}
        if person is not None:
            held = signed_in(person)
            self.cookies |= {name: morsel.value for name, morsel in held.cookies.items() if name != "wg_language"}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Connection": "close"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, quote(path, safe="/?&=%:,.-_~+"), body, sent)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        return self.ask("GET", path)

    def fill(self, page: str, values: dict[str, str], *, to: str = "", files: Files | None = None) -> int:
        """Open the page, send its form with these values; the status of the answer."""
        _status, body = self.get(page)
        given = hidden(body.decode(errors="replace")) | values
        if files is None:
            kind, sent = "application/x-www-form-urlencoded", urlencode(given).encode()
        else:
            kind, sent = _multipart(given, files)
        return self.ask("POST", to or page, sent, Content_Type=kind, Referer=f"http://127.0.0.1:{self.port}{page}")[0]


def _multipart(values: dict[str, str], files: Files) -> tuple[str, bytes]:
    border, parts = token_hex(12), []
    for name, value in values.items():
        parts.append(f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (file_name, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'
        parts.append(f"--{border}\r\n{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode())
        parts.append(content + b"\r\n")
    return f"multipart/form-data; boundary={border}", b"".join(parts) + f"--{border}--\r\n".encode()
