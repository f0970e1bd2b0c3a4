"""A port is asked for before the web server takes it."""

import socket

import pytest

from wangge.web.ports import PortTaken, claim

pytestmark = pytest.mark.enable_socket


def listening(*, shared: bool) -> socket.socket:
    server = socket.socket()
    if shared:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    server.bind(("127.0.0.1", 0))
    server.listen()
    return server


def test_a_free_port_is_given() -> None:
    with listening(shared=False) as server:
        port: int = server.getsockname()[1]
    claim("127.0.0.1", port)
    claim("localhost", port)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_port_somebody_listens_on_is_refused_with_a_sentence(host: str, *, shared: bool) -> None:
    with listening(shared=shared) as server:
        port = server.getsockname()[1]
        with pytest.raises(PortTaken) as refusal:
            claim(host, port)
    assert str(refusal.value) == (
        f"Another program already answers on {host} port {port}. Stop it, or choose another port."
    )


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PortTaken) as refusal:
        claim("192.0.2.1", 8000)
    assert str(refusal.value) == ("192.0.2.1 port 8000 cannot be opened: the address does not belong to this machine.")
