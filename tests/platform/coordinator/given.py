"""Moderation as coordinators and authors reach it, and the topics around it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from buurtsein_events.reports import MemberNotice, ReportModerated, ReportReceived
from buurtsein_events.topics import MEMBER_NOTICES, REPORTS_MODERATED, REPORTS_RECEIVED
from buurtsein_events.values import Value
from tests.platform.intake_process import Process, event, eventually, received, send

HUNT = "Zaterdag gaan we met z'n allen die dief opwachten en hem een lesje leren, bel 06-12345678"
INSULT = "Jij bent echt een sukkel"
LAMP = "De lantaarnpaal bij de brug is uit"


def key(name: str) -> dict[str, str]:
    """Return the header that proves a key."""
    return {"Authorization": f"Bearer {name}"}


COORDINATOR, AUDITOR, NEIGHBOUR = key("local-coordinator-key"), key("local-auditor-key"), key("neighbour")


@dataclass
class Desk:
    """Moderation as coordinators and authors reach it, and the topics around it."""

    moderation: Process
    bootstrap: str

    @property
    def http(self) -> httpx.AsyncClient:
        """Return the client."""
        return self.moderation.http

    async def report(self, text: str, **fields: object) -> str:
        """Write a report as intake would and return its reference once it was decided on."""
        report_id = str(uuid4())
        content = {"channel": "app", "client": "test", "community": "woensel", "reporter": f"m-{report_id}"}
        data = ReportReceived.model_validate(
            {**content, "report_id": report_id, "text": text, "received_at": datetime.now(UTC), **fields}
        )
        reporter = data.reporter or report_id
        await send(self.bootstrap, (REPORTS_RECEIVED, event(data)), key=reporter.encode())
        await eventually(lambda: self.wrote(REPORTS_MODERATED, report_id))
        return report_id

    async def held(self, **fields: object) -> str:
        """Return the reference of a report that is held."""
        report_id = await self.report(HUNT, **fields)
        await eventually(lambda: self.has_open(report_id, "report"))
        return report_id

    async def written(self, topic: str, report_id: str) -> list[Value]:
        """Return what a topic has about a report."""
        return [each.data for each in await received(self.bootstrap, [report_id], topic) if each.subject]

    async def wrote(self, topic: str, report_id: str, number: int = 1) -> bool:
        """Tell whether a topic has so much about a report."""
        return len(await self.written(topic, report_id)) >= number

    async def case(self, report_id: str) -> dict[str, Any]:
        """Return a case as a coordinator reads it."""
        content: dict[str, Any] = (await self.http.get(f"/v1/queue/{report_id}", headers=COORDINATOR)).json()
        return content

    async def has_open(self, report_id: str, *matters: str) -> bool:
        """Tell whether just these matters wait for a decision."""
        return (await self.case(report_id)).get("open") == list(matters)

    async def post(self, report_id: str, path: str, who: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        """Decide about a report."""
        return await self.http.post(f"/v1/queue/{report_id}/{path}", json=body, headers=who or COORDINATOR)

    async def decided(self, report_id: str, path: str, **body: Any) -> None:
        """Decide twice about a report and wait until nothing of it is open."""
        first, second = [await self.post(report_id, path, **body) for _ in range(2)]
        assert (first.status_code, second.status_code) == (202, 202), first.text
        assert first.json() == second.json()
        await eventually(lambda: self.has_open(report_id))

    async def latest(self, report_id: str, revision: int = 1) -> ReportModerated:
        """Return the latest decision on a report once it is there, of which there are no two with one number."""
        await eventually(lambda: self.wrote(REPORTS_MODERATED, report_id, revision + 1))
        found = [each for each in await self.written(REPORTS_MODERATED, report_id) if isinstance(each, ReportModerated)]
        assert sorted(each.revision for each in found) == list(range(len(found)))
        return max(found, key=lambda each: each.revision)

    async def notices(self, report_id: str, number: int) -> list[MemberNotice]:
        """Return what the member was told about a report, once it is so much."""
        await eventually(lambda: self.wrote(MEMBER_NOTICES, report_id, number))
        found = await self.written(MEMBER_NOTICES, report_id)
        return [each for each in found if isinstance(each, MemberNotice)]
