"""How what is configured does, and what else is told of the watcher, for `sources`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watcher.cli import output

if TYPE_CHECKING:
    from watcher.config.settings import Config, SourceTable
    from watcher.health import Judged
    from watcher.store import Book


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is judged to be now, and what it usually brings a day; None while that is learned."""

    judged: Judged
    usual: float | None


def health(config: Config, tables: list[SourceTable], book: Book) -> dict[str, Health]:
    """By name, how these sources are judged now; of those that were visited. Raises ConfigError, PluginError."""
    from watcher import registry
    from watcher.histories import Histories

    now = datetime.now(UTC)
    watched = {
        table.name: (table, registry.source(table, config.path, secrets=False)) for table in tables
    }
    return {
        name: Health(known.judged, known.facts.usual.a_day if known.facts.usual else None)
        for name, known in Histories.of(watched).judged(book, now).items()
        if known.facts.tried_at is not None
    }


def around(book: Book) -> Iterator[Mapping[str, Any]]:
    """The `condition` objects of what else is told of the watcher, and the `canary` object."""
    from watcher.health import SOURCE
    from watcher.model import OK

    for each in book.conditions():
        if each.state != OK and each.kind != SOURCE:
            yield {
                "type": "condition",
                "kind": each.kind,
                "subject": each.subject,
                "state": each.state,
                "severity": str(each.severity),
                "since": each.since.isoformat(),
                "reasons": list(each.reasons),
            }
    if back := book.returned():
        yield {"type": "canary", "at": back.at.isoformat(), "source": back.source}


def told(each: Mapping[str, Any]) -> str:
    """One of those objects for people."""
    if each["type"] == "canary":
        return f"canary: came back {_when(each['at'])} from {each['source']}"
    what = f"{each['kind']} {each['subject']}".strip()
    reasons = "".join(f"; {reason}" for reason in each["reasons"])
    return f"{what}: {each['state']} since {_when(each['since'])}{reasons}"


def _when(at: str) -> str:
    return output.when(datetime.fromisoformat(at))
