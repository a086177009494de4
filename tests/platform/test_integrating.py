"""What docs/integrating-an-app.md tells to do works, as it stands there."""

import asyncio
import os
import re
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from buurtsein_intake.settings import IntakeSettings
from tests.platform.intake_process import Process
from tests.unit.intake.photos.pictures import camera_photo

pytestmark = pytest.mark.kafka

GUIDE = (Path(__file__).parents[2] / "docs" / "integrating-an-app.md").read_text("utf-8")
SECRETS = {
    "BUURTSEIN_WHATSAPP_SECRET": "secret",
    "BUURTSEIN_WHATSAPP_VERIFY_TOKEN": "verify",
    "BUURTSEIN_TELEGRAM_SECRET_TOKEN": "secret",
    "BUURTSEIN_FACEBOOK_SECRET": "secret",
    "BUURTSEIN_SMS_TOKEN": "secret",
}


def blocks(kind: str) -> list[str]:
    """Return the code of a kind in the guide, also where it stands within a list."""
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", GUIDE, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(code) for _, code in found]


@pytest.fixture(scope="module")
async def intake(
    kafka_bootstrap: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Process]:
    """Start an intake that serves every channel of the guide."""
    around = {"BUURTSEIN_PHOTOS": str(tmp_path_factory.mktemp("photos")), **SECRETS}
    process = Process({"BUURTSEIN_KAFKA_BOOTSTRAP": kafka_bootstrap, "BUURTSEIN_REDIS_URL": redis_url, **around})
    await process.start()
    yield process
    await process.http.aclose()
    await process.stop()


async def test_every_command_of_the_guide_works_in_one_shell(intake: Process, tmp_path: Path) -> None:
    """From the first block to the last; curl ends the shell where intake refuses."""
    (tmp_path / "lamp.jpg").write_bytes(camera_photo())
    script = "set -euo pipefail\nset -x\n" + "\n".join(blocks("sh"))
    around = {**os.environ, "INTAKE": str(intake.http.base_url).rstrip("/"), "no_proxy": "127.0.0.1"}
    run = await asyncio.create_subprocess_exec(
        *("bash", "-c", script),
        cwd=tmp_path,
        env=around,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await run.communicate())[0].decode()
    assert run.returncode == 0, said


async def test_the_retrying_client_of_the_guide_gets_a_reference(intake: Process) -> None:
    """Its report can be followed."""
    known: dict[str, Any] = {"INTAKE": str(intake.http.base_url).rstrip("/"), "KEY": "local-demo-key"}
    for code in blocks("python"):
        await asyncio.to_thread(exec, code, known)
    assert (await intake.status(known["receipt"]["reference"]))["status"]


async def test_every_path_that_the_guide_names_is_in_the_document(intake: Process) -> None:
    """Paths with a name in them stand for those with a parameter."""
    document = (await intake.http.get("/openapi.json")).json()
    served = [re.compile(re.sub(r"\{[^}]*\}", "[^/]+", path) + "$") for path in document["paths"]]
    named = {path.rstrip(".") for path in re.findall(r"(?:\$INTAKE|`)(/(?:v1|open311|signals)[\w/.$-]*)", GUIDE)}
    prefixes = {"/open311/v2"}
    assert [path for path in sorted(named - prefixes) if not any(each.match(path) for each in served)] == []


def test_every_setting_that_the_guide_names_exists() -> None:
    """By its field in the settings of intake."""
    named = {name.lower() for name in re.findall(r"BUURTSEIN_([A-Z0-9_]+)", GUIDE)}
    assert named <= set(IntakeSettings.model_fields)
