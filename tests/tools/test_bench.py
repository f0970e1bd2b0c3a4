"""The parts of the bench that count and write."""

from datetime import UTC, datetime

import pytest

from tools.bench.client import multipart, sources, status_of
from tools.bench.figures import Figure, Part, page, percentile, shown


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_the_nearest_rank(share: float, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_the_percentile_of_nothing_is_no_number() -> None:
    assert str(percentile([], 0.95)) == "nan"


@pytest.mark.parametrize(
    ("value", "target", "verdict"),
    [
        (150, "<= 150", "reached"),
        (150.1, "<= 150", "**missed**"),
        (100, ">= 100", "reached"),
        (99.9, ">= 100", "**missed**"),
        (float("nan"), "<= 150", "**missed**"),
        (1, "", ""),
    ],
)
def test_a_figure_says_whether_its_target_is_reached(value: float, target: str, verdict: str) -> None:
    assert Figure("any", value, "ms", target).verdict == verdict


@pytest.mark.parametrize(("value", "text"), [(1234.5, "1,234"), (99.94, "99.9"), (0.4321, "0.432"), (100, "100")])
def test_three_digits_are_shown(value: float, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("heard", "status"),
    [
        (b"", None),
        (b"HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n", 204),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", 302),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab", None),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", None),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200),
    ],
)
def test_an_answer_counts_when_all_of_it_is_here(heard: bytes, status: int | None) -> None:
    assert status_of(heard) == status


def test_every_connection_comes_from_a_network_of_its_own() -> None:
    nets = [address.rpartition(".")[0] for address, _ in zip(sources(), range(5000), strict=False)]
    assert len(set(nets)) == 5000


def test_a_form_is_sent_as_browsers_send_it() -> None:
    body = multipart({"text": "漏水", "key": "k"}).decode()
    assert body.count("Content-Disposition: form-data") == 2
    assert 'name="text"\r\n\r\n漏水\r\n' in body
    assert body.endswith("--\r\n")


def test_the_page_names_machine_versions_and_every_figure() -> None:
    part = Part("Lists", "How it was done.", (Figure("p95", 120, "ms", "<= 150", "note"),))
    text = page([part], at=datetime(2026, 11, 22, tzinfo=UTC), shape="2 cores", versions="django 5", settings="shipped")
    assert "| p95 | 120 ms | ≤ 150 ms | reached | note |" in text
    assert all(
        said in text for said in ("2026-11-22", "2 cores", "django 5", "shipped", "## Lists", "How it was done.")
    )
