"""
What a source owes us is fetched and read: its pending refs, one after another.

Those of a host that is being left alone are put off until it may be asked, so
that a thousand of them never stand before the documents of other hosts; the
longer one has waited the longer it waits, and after a week it is given up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from watcher import log, outward
from watcher.api import Source
from watcher.errors import LOCAL, FetchError
from watcher.model import Ref
from watcher.pipeline.patience import StoppedError, unless
from watcher.pipeline.whose import whose
from watcher.pipeline.work import Work, fault
from watcher.store import Book, Pending

_log = log.get(__name__)

HELD = timedelta(days=7)  # that a document waits for its host at most
LATELY = timedelta(days=2)
RARER = 8  # of the time that it has waited, as a part: about as rarely as what failed


async def read_owed(work: Work, source: Source) -> None:
    """
    Fetch and read what is pending and due, oldest first, then the files behind it.

    Raises as `Work.read` does.
    """
    tried: set[str] = set()
    held: dict[Ref, datetime] = {}
    before = -1
    try:
        while work.files != before:
            before = work.files
            await _read_due(work, source, tried, held)
    finally:
        if held:
            await work.road.store.do(Book.put_off, held)


async def _read_due(work: Work, source: Source, tried: set[str], held: dict[Ref, datetime]) -> None:
    """What is due of what was not `tried` in this visit; `held`: whose host is left alone until then."""
    road, name = work.road, work.table.name
    for pending in await road.store.do(Book.pending, name, now=road.now()):
        if pending.ref.key in tried:
            continue
        tried.add(pending.ref.key)
        if work.stop.is_set():
            raise StoppedError
        ref, attempts = pending.ref, pending.attempts
        try:
            capture = await unless(work.stop, source.fetch(road.fetcher.web(name), ref))
        except FetchError as problem:
            if problem.status is None and problem.after is not None:
                # Its host is being left alone: nothing was asked, nothing failed,
                # and the documents of other hosts are read.
                _log.debug("document.held", source=name, wait=problem.after)
                until = _until(pending, problem.after, road.now())
                if until is None:
                    await work.fail(ref, str(problem), attempts=attempts, retry=False)
                else:
                    held[ref] = until
                continue
            if problem.local and not work.reached and await _is_ours(work):
                # Nobody can be reached: that is no document's failure.
                _log.info("document.held", source=name, reason=str(problem))
                return
            await work.fail(
                ref, str(problem), attempts=attempts, retry=problem.retry, after=problem.after
            )
        except StoppedError:
            raise
        except Exception as problem:  # noqa: BLE001  # or one document would blind its source for ever
            await work.fail(ref, fault(problem, name), attempts=attempts)
        else:
            _log.debug("document.fetched", source=name, key=ref.mark)
            work.reached = True
            # The version that was listed goes with what was fetched for it.
            await work.read(replace(capture, ref=ref), attempts=attempts, again=pending.again)


def _until(pending: Pending, after: float, now: datetime) -> datetime | None:
    """When a document is due whose host is to be left alone for so many seconds; None to give it up."""
    waited = now - pending.found_at
    # While the service did not run it waited for nobody.
    if waited > HELD and pending.retry_at is not None and now - pending.retry_at < LATELY:
        return None
    seconds = min(after, outward.DAY) if after > 0 else 0.0  # a plug-in may say anything
    return now + max(timedelta(seconds=seconds), min(waited, HELD) / RARER)


async def _is_ours(work: Work) -> bool:
    """Whether the way out is down, for a source that asks no listing: the others' visits tell."""
    name = work.table.name
    if name not in work.road.followers:
        return True
    states = await work.road.store.do(Book.sources)
    return whose(LOCAL, name, states, work.road.now()) == LOCAL
