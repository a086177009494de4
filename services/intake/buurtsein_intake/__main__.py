"""Starts intake: `python -m buurtsein_intake`."""

from typing import NoReturn

from buurtsein_runtime.starting import start


def main() -> NoReturn:
    """Run the service until it is stopped."""
    start("buurtsein_intake.service")


if __name__ == "__main__":
    main()
