"""The network a request comes from: what budgets of strangers are counted by."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

LOCAL = "local"  # asked through a socket, or from an address nobody can read


def net_of(request: Any) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 address, which is what one line gets."""
    return _read(request.META.get("REMOTE_ADDR", ""))


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
