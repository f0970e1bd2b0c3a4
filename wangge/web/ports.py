"""Ask for a port before the web server takes it: granian shares a port silently."""

import errno
import socket

from wangge.web.trouble import Trouble, gettext_noop


class PortTaken(Trouble):
    """The address cannot be served from here."""


def claim(host: str, port: int) -> None:
    """Return when nothing listens on host and port; raise PortTaken with a plain sentence otherwise.

    The look does not keep the port: start the server at once after it.
    """
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        unknown = gettext_noop("The address %(host)s is not known on this machine.")
        raise PortTaken(unknown, host=host) from error
    for family, kind, protocol, _, address in places:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                probe.bind(address)
                probe.listen(1)
            except OSError as error:
                raise PortTaken(_sentence(error), host=host, port=port) from error


def _sentence(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return gettext_noop(
            "Another program already answers on %(host)s port %(port)s. Stop it, or choose another port."
        )
    if error.errno == errno.EACCES:
        return gettext_noop(
            "This account may not open %(host)s port %(port)s. Choose a port above 1023, or put a proxy in front."
        )
    return gettext_noop("%(host)s port %(port)s cannot be opened: the address does not belong to this machine.")
