"""All documents of the scenarios in one folder, scanned once by the real command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journey.documents import Lost, documents
from tests.journey.people import Row, enrolled
from tests.world import Ran, World


@dataclass(frozen=True)
class Scan:
    """The scan of the folder, and who was in it."""

    world: World
    lost: Lost
    ran: Ran

    @classmethod
    def of_all(cls, folder: Path) -> Scan:
        """Enrol, write, scan: all in this new folder."""
        world = enrolled(folder)
        lost = Lost.of(world.rows)
        (folder / "in").mkdir()
        for name, body in documents(world.rows, lost).items():
            (folder / "in" / name).write_bytes(body)
        ran = world.run("scan", "--json", str(folder / "in"))
        assert ran.code == 1, ran
        return cls(world, lost, ran)

    def path(self, document: str) -> str:
        return str(self.world.folder.parent / "in" / document)

    def alert(self, document: str) -> dict[str, Any]:
        """The one alert of a document."""
        (alert,) = self.of("alert", document)
        return alert

    def of(self, kind: str, document: str) -> list[dict[str, Any]]:
        return [each for each in self.ran.of(kind) if each["document"].endswith(f"/in/{document}")]

    def incidents(self, *documents: str) -> set[str]:
        return {self.alert(each)["incident"] for each in documents}


def refs(rows: Sequence[Row]) -> set[str]:
    return {row["ref"] for row in rows}
