"""What can go wrong with the local platform: one line that says what is missing and how to get it."""

import click


class PlatformError(click.ClickException):
    """The platform can't do what was asked; the message names the cure. The command line prints it and ends with 1."""
