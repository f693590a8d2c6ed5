"""
The whole road once, with the real daemon, on a site of our own.

A quiet day first; then three leaks are published while the daemon watches.
What is told afterwards is counted, and the command ends well only if every
promise held.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from watcher.config.settings import Config
from watcher.daemon import Daemon
from watcher.demo import story
from watcher.demo.pages import Post, Publication, publication
from watcher.demo.quiet import ACCIDENTS
from watcher.demo.receiver import Receiver
from watcher.demo.roster import FORCE, people
from watcher.demo.score import missing, score
from watcher.demo.setting import EVERY, SOURCES, secret, setting
from watcher.demo.site import Site
from watcher.store import Book

PEOPLE = 2_000
LIMIT = 60.0  # seconds for everything that the daemon is given to do
LOOK = 0.1  # seconds between two looks at the store


async def drive(
    *, seed: int = 7, keep: Path | None = None, out: Console, limit: float = LIMIT
) -> int:
    """
    Tell the story on `out`; 0 if every promise held, 4 if evidence differs, else 3.

    Works in a new temporary directory, or in `keep`, which stays. Raises
    WatcherError where the daemon or the setting fails.
    """
    began = time.monotonic()
    rows = people(seed, PEOPLE)
    shown = publication(seed, rows)
    signed_with = secret()
    with _directory(keep) as directory:
        story.opening(out, force=FORCE, people=len(rows))
        async with Site(shown.before()) as site, Receiver(signed_with) as receiver:
            made = await setting(
                directory, rows, site=site.address, hook=receiver.address, signed_with=signed_with
            )
            story.step(
                out,
                "enrolled",
                f"{made.report.people:,} people as keyed hashes; the roster is deleted",
            )
            at = await _watched(out, made.config, shown, site, limit)
            address = site.address
        with Book.open(made.config.store, readonly=True) as book:
            kept = made.config.evidence_directory
            result = score(book, shown, address, cards=receiver.cards, evidence=kept)
            alerts = sorted(book.alerts(), key=lambda row: row.found_at)
        story.published(out, shown, address)
        story.found(out, alerts, shown, address, at)
        story.card(out, receiver.cards)
        story.evidence(out, result, kept, stays=keep is not None)
        story.quiet(out, result, ACCIDENTS)
        story.closing(out, keep)
    out.print(result.line(time.monotonic() - began))
    return result.code


async def _watched(
    out: Console, config: Config, shown: Publication, site: Site, limit: float
) -> datetime:
    """Let the daemon watch a quiet day, then the leaks; when those were published."""
    stop = asyncio.Event()
    daemon = asyncio.create_task(Daemon(config, environ={}).run(stop))
    end = time.monotonic() + limit
    try:
        with _status(out, "watching"), Book.open(config.store, readonly=True) as book:

            async def settled(posts: Sequence[Post]) -> bool:
                """Wait until these are read and all cards are sent; else say what is missing."""
                while waits := missing(book, posts, site.address, SOURCES):
                    left = end - time.monotonic()
                    if left <= 0 or daemon.done():
                        for each in waits:
                            story.step(out, "missing", each)
                        return False
                    await asyncio.wait({daemon}, timeout=min(LOOK, left))
                return True

            where = f"{site.address}, three places, each asked every {EVERY} s"
            story.step(out, "watching", where)
            if await settled(shown.quiet):
                many = book.counts()["documents"]
                story.step(out, "read", f"{many} documents; a quiet day so far")
            site.publish(shown.after())
            at = datetime.now(UTC)
            story.step(out, "published", f"{len(shown.leaks)} leaks, one in each place")
            if await settled((*shown.quiet, *shown.leaks)):
                seconds = (datetime.now(UTC) - at).total_seconds()
                story.step(out, "told", f"all that was found, {seconds:.1f} s later")
    finally:
        stop.set()
        await daemon  # raises what the daemon raised
    return at


@contextlib.contextmanager
def _directory(keep: Path | None) -> Iterator[Path]:
    """A new directory for everything; `keep` stays, any other is removed."""
    if keep is not None:
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="watcher-demo-") as name:
        yield Path(name)


def _status(out: Console, words: str) -> contextlib.AbstractContextManager[object]:
    """A sign of life on a terminal; nothing where nobody looks."""
    return out.status(words) if out.is_terminal else contextlib.nullcontext()
