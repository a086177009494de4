"""`buurtsein contracts`: the JSON Schemas and the AsyncAPI document, generated and checked."""

import json
import subprocess
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

import buurtsein_events
from buurtsein_events.asyncapi import document
from buurtsein_events.compatibility import Incompatibility, incompatibilities
from buurtsein_events.schemas import Schema, json_text, schema_files

PACKAGE = Path(buurtsein_events.__file__).parent
DIFF_LINES = 60


def artifacts() -> dict[str, str]:
    """Return the text of every generated file by its path in the package of the contracts."""
    schemas = {f"schemas/{name}": text for name, text in schema_files().items()}
    return {**schemas, "asyncapi.json": json_text(document())}


def drift(package: Path) -> list[str]:
    """Return the differences between the files in `package` and what the contracts say now, as a diff."""
    wanted = artifacts()
    there = {f"schemas/{path.name}": path.read_text("utf-8") for path in (package / "schemas").glob("*.json")}
    asyncapi = package / "asyncapi.json"
    there |= {asyncapi.name: asyncapi.read_text("utf-8")} if asyncapi.exists() else {}
    return [
        line
        for name in sorted(wanted.keys() | there.keys())
        for line in unified_diff(
            there.get(name, "").splitlines(),
            wanted.get(name, "").splitlines(),
            f"committed/{name}",
            f"wanted/{name}",
            lineterm="",
        )
    ]


def changes_since(old: dict[str, str], new: dict[str, str]) -> Iterator[tuple[str, Incompatibility]]:
    """Yield what changed incompatibly between two sets of schema files, with the name of the file."""
    for name in sorted(old):
        before: Schema = json.loads(old[name])
        if name in new:
            after: Schema = json.loads(new[name])
            yield from ((name, change) for change in incompatibilities(before, after))
        else:
            yield name, Incompatibility("", "was removed", "old readers")


def schemas_at(ref: str, package: Path) -> dict[str, str]:
    """Return the schema files that are committed at a git ref."""
    listed = _git(package, "ls-tree", "--name-only", "--end-of-options", ref, "schemas/").split()
    return {Path(path).name: _git(package, "show", f"{ref}:./{path}") for path in listed if path.endswith(".json")}


@click.group()
@click.option(
    "--package",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=PACKAGE,
    help="The directory of the generated files; without it, that of buurtsein_events.",
)
@click.pass_context
def contracts(context: click.Context, package: Path) -> None:
    """Generate and check the schemas and the AsyncAPI document of the events."""
    context.obj = package


@contracts.command()
@click.pass_obj
def generate(package: Path) -> None:
    """Write the schemas and the AsyncAPI document that follow from the models."""
    (package / "schemas").mkdir(exist_ok=True)
    wanted = artifacts()
    for path in (package / "schemas").glob("*.json"):
        if f"schemas/{path.name}" not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (package / name).write_text(text, "utf-8")
    click.echo(f"{len(wanted)} files written to {package}.")


@contracts.command()
@click.option("--against", metavar="REF", help="Compare with the schemas at this git ref, such as main.")
@click.option(
    "--readers-first", is_flag=True, help="Allow what breaks old readers only: all readers are deployed first."
)
@click.pass_obj
def check(package: Path, against: str | None, readers_first: bool) -> None:
    """Fail when the committed files are not what the models say, or when a schema changed incompatibly."""
    if found := drift(package):
        more = [f"… and {len(found) - DIFF_LINES} more lines"] if len(found) > DIFF_LINES else []
        said = "\n".join([*found[:DIFF_LINES], *more])
        raise click.ClickException(f"the files differ from the models; run `buurtsein contracts generate`\n{said}")
    if against:
        _check_against(against, package, readers_first)
    click.echo("The contracts are in order.")


def _check_against(ref: str, package: Path, readers_first: bool) -> None:
    old = schemas_at(ref, package)
    if not old:
        raise click.ClickException(f"there are no schemas at {ref}")
    refused = [
        f"{name}: {change}"
        for name, change in changes_since(old, schema_files())
        if not (readers_first and change.breaks == "old readers")
    ]
    if refused:
        raise click.ClickException("\n".join([f"incompatible with {ref}:", *refused]))


def _git(directory: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=directory, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise click.ClickException("git is not on the path; it is needed to compare with a ref") from error
    except subprocess.CalledProcessError as error:
        raise click.ClickException(f"git says: {error.stderr.strip()}") from error
    return done.stdout
