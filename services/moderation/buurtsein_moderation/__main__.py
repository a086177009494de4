"""Starts the moderation service: `python -m buurtsein_moderation`."""

from typing import NoReturn

from buurtsein_runtime.starting import start


def main() -> NoReturn:
    """Run the service until it is stopped."""
    start("buurtsein_moderation.service")


if __name__ == "__main__":
    main()
