"""
`watcher scan` with arguments: these files, folders, addresses or standard input, now.

The same road as the daemon's. A file's evidence is a `resource` record; what
is found is told to nobody unless asked. Without arguments `turn` makes one
turn of the daemon.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from watcher.api import Source
from watcher.assess.explain import Explanation
from watcher.config.settings import SourceTable
from watcher.errors import DocumentError, PluginError, ReadError
from watcher.model import Body, Capture, Evidence, Finding, Ref, Unread
from watcher.pipeline import Road, Visited, deliver, take, visit
from watcher.store import Book

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """One document of a scan. `problem` is "" unless there was no document to read."""

    document: str
    size: int
    finding: Finding | None
    unread: tuple[Unread, ...]
    alert: str | None = None
    incident: str | None = None
    evidence: Evidence | None = None
    problem: str = ""
    explanation: Explanation | None = None


def is_address(argument: str) -> bool:
    """Whether a command-line argument is an address and not a path."""
    return argument.lower().startswith(("http://", "https://"))


def files(arguments: Iterable[str]) -> Iterable[str]:
    """Arguments with every folder replaced by the files below it, in order; links are not followed."""
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN or is_address(argument) or not path.is_dir():
            yield argument
            continue
        for folder, names, inside in os.walk(path):
            names.sort()
            for name in sorted(inside):
                found = os.path.join(folder, name)  # noqa: PTH118  # a Path would ask the file system
                if os.path.isfile(found) and not os.path.islink(found):  # noqa: PTH113, PTH114  # these never raise
                    yield found


async def scan(
    road: Road,
    arguments: Iterable[str],
    *,
    keep: bool,
    notify: bool,
    stdin: bytes = b"",
    explained: bool = False,
) -> AsyncIterator[Scanned]:
    """
    Each document in turn. With `keep` false nothing is stored; `notify` queues deliveries.

    `explained`: each comes with how it was judged.
    """
    for argument in files(arguments):
        try:
            yield await _one(road, argument, stdin, keep=keep, notify=notify, explained=explained)
        except (DocumentError, PluginError) as problem:
            yield Scanned(document=argument, size=0, finding=None, unread=(), problem=str(problem))


async def _one(
    road: Road, argument: str, stdin: bytes, *, keep: bool, notify: bool, explained: bool
) -> Scanned:
    """Take one document. What was stored of the same bytes before is not stored twice."""
    capture = await _capture(road, argument, stdin)
    known = await road.store.do(Book.alert_of, capture.ref) if keep else None
    taken = await take(road, capture, keep=keep and known is None, explained=explained)
    scanned = Scanned(
        document="standard input" if argument == STDIN else argument,
        size=capture.body.size,
        finding=taken.finding,
        unread=taken.unread,
        explanation=taken.explanation,
    )
    if not keep:
        return scanned
    if known is None:
        settled = await road.store.do(
            Book.settle,
            taken.outcome,
            now=road.now(),
            targets=road.severities if notify else {},
            sha256=capture.body.sha256,
            size=capture.body.size,
        )
        known = await road.store.do(Book.alert, settled.alert_id) if settled.alert_id else None
    elif notify:
        await road.store.do(Book.owe, known.id, now=road.now(), targets=road.severities)
    if known is None:
        return scanned
    return replace(scanned, alert=known.id, incident=known.incident, evidence=known.evidence)


async def _capture(road: Road, argument: str, stdin: bytes) -> Capture:
    """The bytes behind an argument. The same bytes at the same place are the same ref."""
    if is_address(argument):
        capture = await road.fetcher.capture(Ref(source="scan", key=argument, url=argument))
        return replace(capture, ref=_ref(road, argument, argument, capture.body.sha256))
    if argument == STDIN:
        digest = hashlib.sha256(stdin).hexdigest()
        ref = _ref(road, STDIN, "stdin:", digest)
        return Capture(ref=ref, taken_at=road.now(), url=ref.url, body=Body(stdin))
    try:
        path, body = await asyncio.to_thread(_file, argument)
    except OSError as problem:
        raise ReadError(f"{argument}: {problem.strerror or 'cannot be read'}") from problem
    ref = _ref(road, str(path), path.as_uri(), body.sha256)
    return Capture(ref=ref, taken_at=road.now(), url=ref.url, body=body)


def _file(argument: str) -> tuple[Path, Body]:
    path = Path(os.path.realpath(argument))  # a link that leads in circles is a missing file
    if path.exists() and not path.is_file():
        raise ReadError(f"{argument}: is not a file; a pipe or a device may never end")
    return path, Body(path)


def _ref(road: Road, place: str, url: str, sha256: str) -> Ref:
    # The index is part of the identity: the same file is judged anew against new people.
    return Ref(source="scan", key=f"{place}#{sha256}#{road.known.version}", url=url)


# ------------------------------------------------------------------- one turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the daemon: what each source did, and how many deliveries arrived."""

    visits: tuple[Visited, ...]
    told: int
    alerts: tuple[str, ...]


async def turn(road: Road, sources: Mapping[str, tuple[SourceTable, Source]]) -> Turn:
    """
    Visit every source once (a stream for one window), side by side, then deliver what is due.

    Those that follow what documents name are visited after the others.
    """
    visits: list[Visited] = []
    for last in (False, True):
        visits += await _all(
            visit(road, table, source, laps=1)
            for name, (table, source) in sources.items()
            if (name in road.followers) is last
        )
    told = await deliver(road)
    return Turn(
        visits=tuple(visits),
        told=told,
        alerts=tuple(alert for each in visits for alert in each.alerts),
    )


async def _all(visits: Iterable[Coroutine[None, None, Visited]]) -> list[Visited]:
    """What they did. Where one raises the others are given up, and none is left running."""
    tasks = [asyncio.create_task(each) for each in visits]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
