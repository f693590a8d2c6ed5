"""
One document, from its bytes to its outcome.

Read `take` from top to bottom; nothing turns back. Storing the outcome is the
caller's, because `scan --no-store` prints findings and stores nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from watcher import log
from watcher.api import Follower
from watcher.assess import Judged, Leaving, breached, judged
from watcher.assess.explain import Explanation, explain
from watcher.model import (
    Alert,
    Capture,
    Clean,
    Finding,
    Officer,
    Outcome,
    Part,
    Partial,
    Severity,
    Tally,
    Unread,
    Why,
)
from watcher.pipeline.behind import left_out
from watcher.pipeline.discreet import discreet, discreetly
from watcher.pipeline.looked import Looked
from watcher.pipeline.naming import Naming
from watcher.pipeline.page import is_publication, is_shown
from watcher.pipeline.road import Known, Road
from watcher.pipeline.series import accumulated
from watcher.read.budget import shares
from watcher.record import record
from watcher.store import Left, Named

_log = log.get(__name__)

AHEAD = 4  # windows of a document in the matching threads at once: 4 MB of text
TOGETHER = 64  # tallies that are added up at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """
    What became of a document. `outcome` is an Alert only if evidence was recorded.

    `explanation`: how it was judged, where that was asked for. `left`: what it
    leaves for documents of the same source that follow. `named`: what it names
    for those that were asked to look.
    """

    outcome: Outcome
    finding: Finding | None
    unread: tuple[Unread, ...]
    explanation: Explanation | None = None
    left: Left | None = None
    named: tuple[Named, ...] = ()


async def take(
    road: Road,
    capture: Capture,
    *,
    leak_listing: bool = False,
    keep: bool = True,
    explained: bool = False,
    accumulate: bool = False,
    followers: Iterable[Follower] = (),
    by: str = "",
) -> Taken:
    """
    Read, match and judge this capture, and record its evidence if it shows a leak.

    With `keep` false nothing is written anywhere; with `explained` it is said
    how it was judged, for which it is judged twice; with `accumulate` it is
    weighed together with what its source brought before; `followers` look for
    what it names. `by`: only this matcher reads it, whose hashes its source
    asks for. Raises StoreError where
    evidence cannot be written, ReadError where a file changed meanwhile.
    """
    known = await road.fresh()
    if by:
        known = known.only(by)
    looked = Looked() if explained else None
    # The pieces that are a publisher's own page, where it is one.
    published: set[str] | None = set() if is_publication(capture, road.config.publishers) else None
    naming = Naming(followers)
    tally, unread = await _match(road, known, capture, looked, published, naming)
    _log.debug("document.matched", source=capture.ref.source, key=capture.ref.mark)
    # The document's own name may promise a staff list, as a member's does.
    missed = [replace(part, where=part.where or capture.name) for part in unread]
    finding, leaving = await asyncio.to_thread(
        _told if by else judged,
        tally,
        officers=known.officers,
        settings=road.config.matching,
        unread=missed,
        leak_listing=leak_listing,
        published=published or (),
        name=capture.name,
    )
    left: Left | None = None
    if accumulate:
        more, left = await accumulated(road, known, capture, leaving)
        finding = more or finding
    _log.debug("document.assessed", source=capture.ref.source, key=capture.ref.mark)
    explanation = None
    if looked is not None:
        explanation = await asyncio.to_thread(
            explain,
            tally,
            officers=known.officers,
            settings=road.config.matching,
            parts=looked.parts(),
            unread=missed,
            leak_listing=leak_listing,
            published=published or (),
            name=capture.name,
        )
        explanation = await discreetly(known.matching, explanation, finding, unread)
    finding, unread = await discreet(known.matching, finding, unread)
    unread += left_out(capture)
    outcome: Outcome
    if finding is not None and finding.severity > Severity.INFO and keep:
        evidence = await asyncio.to_thread(
            record,
            capture,
            directory=road.config.evidence_directory,
            custodians=road.config.evidence.custodians,
            software=road.software,
        )
        _log.debug("document.recorded", source=capture.ref.source, key=capture.ref.mark)
        outcome = Alert(ref=capture.ref, finding=finding, evidence=evidence, unread=unread)
    else:
        noted = 0 if finding is None else 1
        outcome = (
            Partial(ref=capture.ref, unread=unread, noted=noted)
            if unread
            else Clean(ref=capture.ref, noted=noted)
        )
    return Taken(
        outcome=outcome,
        finding=finding,
        unread=unread,
        explanation=explanation,
        left=left,
        named=naming.named(),
    )


def _told(tally: Tally, *, officers: Sequence[Officer], **_: object) -> Judged:
    """What a service tells of ours is not weighed, and leaves nothing for others."""
    return Judged(breached(tally, officers), Leaving())


async def _match(
    road: Road,
    known: Known,
    capture: Capture,
    looked: Looked | None,
    published: set[str] | None,
    naming: Naming,
) -> tuple[Tally, tuple[Unread, ...]]:
    """
    The sum of what all parts say. Reading waits while AHEAD windows are being matched.

    What is added up meanwhile is bounded, so that a document of any size takes
    no more memory than a large one.

    A document that takes longer than `[matching] seconds` (once for each share of
    its size) is judged by what was matched until then, and the rest is unread.
    """
    end = time.monotonic() + road.config.matching.seconds * shares(capture.body.size)
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
                if len(tallies) >= TOGETHER:
                    tallies = [await asyncio.to_thread(Tally.total, tallies)]
                if time.monotonic() > end:
                    unread.append(Unread(where="", why=Why.LIMIT))
                    break
                if looked is not None:
                    looked.note(part)
                await naming.look(part)
                if published is not None and is_shown(part):
                    published.add(part.where)
                running.add(asyncio.create_task(known.matching.match(part)))
        _log.debug("document.read", source=capture.ref.source, key=capture.ref.mark)
        tallies.extend(await asyncio.gather(*running))
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return Tally.total(tallies), tuple(unread)
