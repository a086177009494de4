"""`buurtsein contracts` keeps the committed files true and refuses an incompatible change."""

import json
import subprocess
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from buurtsein_events.schemas import schema_files
from buurtsein_platform.contracts_command import PACKAGE, artifacts, contracts, drift, schemas_at


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a package directory of its own in a git repository, with the generated files committed."""
    events = tmp_path / "events"
    events.mkdir()
    run(events, "generate")
    git(events, "init", "-q")
    git(events, "add", "-A")
    git(events, "commit", "-qm", "Schemas.")
    return events


def git(directory: Path, *arguments: str) -> None:
    """Run git as somebody."""
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=directory, check=True)


def run(package: Path, *arguments: str) -> Result:
    """Run the command for the files in `package` and return its result."""
    return CliRunner().invoke(contracts, ["--package", str(package), *arguments])


def commit_schema(package: Path, name: str, schema: dict[str, object]) -> None:
    """Commit other schemas than the models say, as an older version of the product would have."""
    (package / "schemas" / name).write_text(json.dumps(schema), "utf-8")
    git(package, "commit", "-qam", "Older.")
    run(package, "generate")


def test_committed_files() -> None:
    """The committed schemas and AsyncAPI document are what the models say."""
    assert drift(PACKAGE) == []


@pytest.mark.parametrize("name", schema_files())
def test_schemas_are_schemas(name: str) -> None:
    """Every schema is a draft 2020-12 schema with its own URI."""
    schema = json.loads(schema_files()[name])
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:buurtsein:schema:{name.removesuffix('.v1.json')}:v1"


def test_check_accepts(package: Path) -> None:
    """Freshly generated files pass, also against the commit that has them."""
    result = run(package, "check", "--against", "HEAD")
    assert (result.exit_code, result.output) == (0, "The contracts are in order.\n")


def test_check_shows_drift(package: Path) -> None:
    """A changed, a missing and an extra file are shown as a diff."""
    changed = package / "schemas" / "signal.outcome.v1.json"
    changed.write_text(changed.read_text("utf-8").replace("1000", "999"), "utf-8")
    (package / "schemas" / "extra.v1.json").write_text("{}\n", "utf-8")
    (package / "schemas" / "member.notice.v1.json").unlink()
    result = run(package, "check")
    assert result.exit_code == 1
    assert '"maxLength": 1000' in result.output
    assert "--- committed/schemas/extra.v1.json" in result.output
    assert "run `buurtsein contracts generate`" in result.output


def test_generate_removes(package: Path) -> None:
    """Generating again removes a schema that no event has."""
    (package / "schemas" / "extra.v1.json").write_text("{}\n", "utf-8")
    assert run(package, "generate").output.startswith(f"{len(artifacts())} files written")
    assert drift(package) == []


def test_check_refuses(package: Path) -> None:
    """A field that writers no longer write and one that is required now are named with their file."""
    schema = json.loads(schema_files()["signal.outcome.v1.json"])
    schema["properties"]["solved_by"] = {"type": "string"}
    schema["required"].remove("at")
    commit_schema(package, "signal.outcome.v1.json", schema)
    result = run(package, "check", "--against", "HEAD")
    assert result.exit_code == 1
    assert "signal.outcome.v1.json: solved_by: was removed or renamed (breaks old readers)" in result.output
    assert "signal.outcome.v1.json: at: is required now (breaks new readers)" in result.output


def test_readers_first(package: Path) -> None:
    """What breaks old readers only is allowed when all readers are deployed first."""
    schema = json.loads(schema_files()["signal.outcome.v1.json"])
    schema["properties"]["result"]["enum"].remove("repaired")
    commit_schema(package, "signal.outcome.v1.json", schema)
    assert run(package, "check", "--against", "HEAD").exit_code == 1
    assert run(package, "check", "--against", "HEAD", "--readers-first").exit_code == 0


def test_removed_event(package: Path) -> None:
    """An event type that is gone is named."""
    (package / "schemas" / "gone.v1.json").write_text("{}", "utf-8")
    git(package, "add", "-A")
    commit_schema(package, "gone.v1.json", {"type": "object"})
    result = run(package, "check", "--against", "HEAD")
    assert "gone.v1.json: the schema: was removed (breaks old readers)" in result.output


def test_unknown_ref(package: Path) -> None:
    """A ref that git doesn't know is an error, not an empty comparison; an option is no ref."""
    for ref in ("nowhere", "--help"):
        with pytest.raises(ClickException, match="git says: fatal"):
            schemas_at(ref, package)
