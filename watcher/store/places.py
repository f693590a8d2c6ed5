"""
What the places themselves said: that they moved, that they are gone, for how long to stay away.

A wish to be left alone is a host's, whoever asked, and outlives a restart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from watcher.store.engine import Database
from watcher.store.rows import FAR, moment, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    What one source's place said of itself.

    `gone`: a mark of the table under which it answered that it is gone for
    good, "" if it did not. `moved`: where to, for good; in so many `visits` in
    a row.
    """

    gone: str = ""
    moved: str = ""
    visits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A host that is to be left alone. `kind`: of the error meanwhile (`errors.KINDS`)."""

    host: str
    until: datetime
    kind: str


def place(db: Database, source: str) -> Place:
    return places(db, "WHERE source = ?", [source]).get(source, Place())


def places(db: Database, where: str = "", given: Iterable[str] = ()) -> dict[str, Place]:
    rows = db.query(f"SELECT * FROM place {where}", list(given))  # noqa: S608  # `where` is ours
    return {
        row["source"]: Place(gone=row["gone"], moved=row["moved"], visits=row["visits"])
        for row in rows
    }


def learned(db: Database, source: str, *, gone: str, moved: str) -> None:
    before = place(db, source)
    visits = before.visits + 1 if moved and moved == before.moved else int(bool(moved))
    row = {"source": source, "gone": gone, "moved": moved, "visits": visits}
    db.table("place").upsert(row, pk="source")


def hold(db: Database, holds: Iterable[Hold], *, now: datetime) -> None:
    db.execute("DELETE FROM hold WHERE until <= ?", [stamp(now)])
    for each in holds:
        row = {"host": each.host, "until": stamp(each.until), "kind": each.kind}
        db.table("hold").upsert(row, pk="host")


def holds(db: Database, *, now: datetime) -> list[Hold]:
    rows = db.query(
        "SELECT * FROM hold WHERE until > ? AND until < ? ORDER BY host",
        [stamp(now), stamp(now + FAR)],
    )
    found = [(row["host"], moment(row["until"]), row["kind"]) for row in rows]
    return [Hold(host=host, until=until, kind=kind) for host, until, kind in found if until]
