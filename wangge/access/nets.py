"""The network a request comes from: what budgets of strangers are counted by."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings

LOCAL = "local"  # asked through a socket, or from an address nobody can read


def net_of(request: Any) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 address, which is what one line gets."""
    return _read(_address(request.META, settings.WANGGE.proxies))


def _address(told: Any, proxies: int) -> str:
    """Each proxy in front adds at the right whom it heard; further left stands what a stranger may have made up."""
    forwarded = told.get("HTTP_X_FORWARDED_FOR", "") if proxies else ""
    passed_on = [one.strip() for one in forwarded.split(",") if one.strip()][-proxies:]
    return str(passed_on[0] if passed_on else told.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=1 << 14)
def _read(address: str) -> str:
    try:
        return net(ip_address(address))
    except ValueError:
        return LOCAL


def net(address: IPv4Address | IPv6Address) -> str:
    """The network of an address; IPv4 dressed as IPv6 is IPv4."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))
