"""
One document, from its bytes to its outcome.

Read `take` from top to bottom; nothing turns back. Storing the outcome is the
caller's, because `scan --no-store` prints findings and stores nothing.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, replace

from watcher import log
from watcher.assess import assess
from watcher.model import (
    Alert,
    Capture,
    Clean,
    Finding,
    Outcome,
    Part,
    Partial,
    Severity,
    Tally,
    Unread,
    Why,
)
from watcher.pipeline.discreet import discreet
from watcher.pipeline.road import Known, Road
from watcher.record import record

_log = log.get(__name__)

AHEAD = 4  # windows of a document in the matching threads at once: 4 MB of text


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a document. `outcome` is an Alert only if evidence was recorded."""

    outcome: Outcome
    finding: Finding | None
    unread: tuple[Unread, ...]


async def take(
    road: Road, capture: Capture, *, leak_listing: bool = False, keep: bool = True
) -> Taken:
    """
    Read, match and judge this capture, and record its evidence if it shows a leak.

    With `keep` false nothing is written anywhere. Raises StoreError where
    evidence cannot be written, ReadError where a file changed meanwhile.
    """
    known = await road.fresh()
    tally, unread = await _match(road, known, capture)
    _log.debug("document.matched", source=capture.ref.source, key=capture.ref.mark)
    finding = await asyncio.to_thread(
        assess,
        tally,
        officers=known.officers,
        settings=road.config.matching,
        # The document's own name may promise a staff list, as a member's does.
        unread=[replace(part, where=part.where or capture.name) for part in unread],
        leak_listing=leak_listing,
    )
    _log.debug("document.assessed", source=capture.ref.source, key=capture.ref.mark)
    finding, unread = await discreet(known.matching, finding, unread)
    if finding is not None and finding.severity > Severity.INFO and keep:
        evidence = await asyncio.to_thread(
            record,
            capture,
            directory=road.config.evidence_directory,
            custodians=road.config.evidence.custodians,
            software=road.software,
        )
        _log.debug("document.recorded", source=capture.ref.source, key=capture.ref.mark)
        alert = Alert(ref=capture.ref, finding=finding, evidence=evidence, unread=unread)
        return Taken(outcome=alert, finding=finding, unread=unread)
    noted = 0 if finding is None else 1
    outcome: Outcome = (
        Partial(ref=capture.ref, unread=unread, noted=noted)
        if unread
        else Clean(ref=capture.ref, noted=noted)
    )
    return Taken(outcome=outcome, finding=finding, unread=unread)


async def _match(road: Road, known: Known, capture: Capture) -> tuple[Tally, tuple[Unread, ...]]:
    """
    The sum of what all parts say. Reading waits while AHEAD windows are being matched.

    A document that takes longer than `[matching] seconds` is judged by what was
    matched until then, and the rest is unread.
    """
    end = time.monotonic() + road.config.matching.seconds
    tallies: list[Tally] = []
    unread: list[Unread] = []
    running: set[asyncio.Task[Tally]] = set()
    try:
        async with aclosing(road.readers.read(capture)) as parts:
            async for part in parts:
                if not isinstance(part, Part):
                    unread.append(part)
                    continue
                if len(running) >= AHEAD:
                    done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                    tallies.extend(task.result() for task in done)
                if time.monotonic() > end:
                    unread.append(Unread(where="", why=Why.LIMIT))
                    break
                running.add(asyncio.create_task(known.matching.match(part)))
        _log.debug("document.read", source=capture.ref.source, key=capture.ref.mark)
        tallies.extend(await asyncio.gather(*running))
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return Tally.total(tallies), tuple(unread)
