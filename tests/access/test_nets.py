"""Strangers are counted by the network they come from. The addresses are those set aside for examples."""

import pytest
from django.test import RequestFactory

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
