"""Starts the feedback service: `python -m buurtsein_feedback`."""

from typing import NoReturn

from buurtsein_runtime.starting import start


def main() -> NoReturn:
    """Run the service until it is stopped."""
    start("buurtsein_feedback.service")


if __name__ == "__main__":
    main()
