"""A resident at the door: sends reports through the pages, as a browser without scripts does."""

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import Cast
from wangge.cases.models import Case

KEY = "a-key-of-this-form-0001"
Answer = Any  # the test client's own response, with what Django hangs on it


def resident(language: str = "en") -> Client:
    client = Client()
    client.cookies["wg_language"] = language
    return client


def picture(size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    Image.new("1" if size[0] > 5000 else "RGB", size).save(held, kind)
    return held.getvalue()


def file(content: bytes, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def send(client: Client, token: str, **given: object) -> Answer:
    return client.post(f"/r/{token}/", {"text": "楼道漏水", "contact": "none", "key": KEY, **given})


def page(answer: Answer) -> str:
    return str(answer.content.decode())


def reported(client: Client, cast: Cast, **given: object) -> str:
    """The tracking address of a new report."""
    answer = send(client, cast.building_token, **given)
    assert answer.status_code == 302, page(answer)
    return str(answer.headers["Location"]).removesuffix("received/")


def number_of(client: Client, address: str) -> str:
    digits = re.search(r"Number (\d{3} \d{3} \d{3} \d{3})", page(client.get(address)))
    assert digits is not None
    plain = digits[1].replace(" ", "")
    return f"{plain[:6]}-{plain[6:]}"


def seen_by_all(cast: Cast) -> list[Case]:
    with cast.chief.acting():
        return list(Case.objects.order_by("id"))
