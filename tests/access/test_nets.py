"""Strangers are counted by the network they come from. The addresses are those set aside for examples."""

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings

from wangge.access.nets import net_of


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.3.77", "192.0.3.0/24"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::2", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("::ffff:192.0.2.1", "192.0.2.0/24"),
        ("", "local"),
        ("unix:", "local"),
    ],
)
def test_one_line_is_one_network(address: str, found: str) -> None:
    assert net_of(RequestFactory().get("/", REMOTE_ADDR=address)) == found


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.7", "192.0.2.0/24"),
        (1, "198.51.100.7", "198.51.100.0/24"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.0/24"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.0/24"),
        (2, "198.51.100.7", "198.51.100.0/24"),
        (1, "", "192.0.2.0/24"),
        (1, "made up", "local"),
    ],
)
def test_behind_proxies_the_last_of_ours_says_who_came(proxies: int, forwarded: str, found: str) -> None:
    asked = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(WANGGE=settings.WANGGE.model_copy(update={"proxies": proxies})):
        assert net_of(asked) == found
