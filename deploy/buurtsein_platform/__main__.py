"""`python -m buurtsein_platform` is the `buurtsein` command."""

from buurtsein_platform.cli import main

if __name__ == "__main__":
    main(prog_name="buurtsein")
