"""Ports: the wanted one, else the next; none twice; test platforms stay out of the way."""

import socket

from buurtsein_platform.ports import DEFAULT_PORTS, HOST, choose_ports, listens, scattered_ports


def test_a_wanted_port_that_is_free_is_taken() -> None:
    """Nothing is searched when nothing is in the way."""
    free = choose_ports({"one": 28_411})["one"]
    assert choose_ports({"one": free}) == {"one": free}


def test_a_taken_port_gives_way_to_the_next() -> None:
    """A port with a listener is passed over."""
    with socket.create_server((HOST, 0)) as other:
        taken = other.getsockname()[1]
        assert choose_ports({"one": taken})["one"] > taken


def test_no_port_is_given_twice() -> None:
    """Two names that want the same port get two ports."""
    chosen = choose_ports({"one": 28_500, "two": 28_500})
    assert chosen["one"] != chosen["two"]


def test_scattered_ports_stay_below_those_of_outgoing_connections() -> None:
    """The system gives ports from 32768 to outgoing connections, which must not meet a program's."""
    ports = scattered_ports()
    assert ports.keys() == DEFAULT_PORTS.keys()
    assert all(10_000 < port < 32_768 for port in ports.values())


def test_listens_tells_an_open_port_from_a_closed_one() -> None:
    """A port is open as long as somebody listens."""
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        assert listens(port)
    assert not listens(port)
