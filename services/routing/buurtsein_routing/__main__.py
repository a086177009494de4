"""Starts the routing service: `python -m buurtsein_routing`."""

from typing import NoReturn

from buurtsein_runtime.starting import start


def main() -> NoReturn:
    """Run the service until it is stopped."""
    start("buurtsein_routing.service")


if __name__ == "__main__":
    main()
