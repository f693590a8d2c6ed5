"""
The series that a document stands in, and what it adds to them.

Documents of a numbered series, a thread or a source follow one another; each
may be too little by itself and all of them a leak. What those of the last days
left is in the store, sealed; here it is opened, weighed together with the
document in hand, and what this one leaves is sealed for the next.
"""

from __future__ import annotations

import asyncio
import hashlib
from urllib.parse import urlsplit

from watcher import log
from watcher.assess import Leaving, together
from watcher.index import open_traces, seal_traces
from watcher.model import Capture, Finding, Ref, Trace
from watcher.pipeline.road import Known, Road
from watcher.store import Before, Book, Left

_log = log.get(__name__)
_DIGITS = dict.fromkeys(map(ord, "0123456789"))


def series_of(url: str) -> str:
    """
    A mark of the series: host and path without the last step and without digits.

    `https://a.example/t/17/police-9/page-3` and `…/t/18/police-9/page-4` are of
    one series; the source itself is another.
    """
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step][:-1]
    text = "/".join([parts.netloc.casefold(), *(step.translate(_DIGITS) for step in steps)])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


async def accumulated(
    road: Road, known: Known, capture: Capture, leaving: Leaving
) -> tuple[Finding | None, Left | None]:
    """
    What this document is together with those before it, and what it leaves for those after it.

    The finding is None where they are nothing together, or nothing more than
    an alert of the last days has told.
    """
    if not leaving.counted:
        return None, None
    ref, series = capture.ref, series_of(capture.url)
    if not leaving.traces:
        return None, Left(series=series, roster=known.roster)
    of_series, of_source = await road.store.do(
        Book.before, ref, series=series, roster=known.roster, now=road.now()
    )
    finding, left = await asyncio.to_thread(
        _weighed, road, known, ref, leaving.traces, (of_series, of_source)
    )
    return finding, Left(
        series=series,
        roster=known.roster,
        sealed=b"" if finding else left,
        hits=sum(trace.hits for trace in leaving.traces),
        told=finding is not None,
    )


def _weighed(
    road: Road,
    known: Known,
    ref: Ref,
    own: tuple[Trace, ...],
    before: tuple[Before, Before],
) -> tuple[Finding | None, bytes]:
    found = []
    for each in before:
        finding = together(
            own,
            _opened(known, ref.source, each),
            quiet=each.quiet,
            officers=known.officers,
            settings=road.config.matching,
        )
        if finding is not None and (each.told is None or finding.severity > each.told):
            found.append(finding)
    best = max(found, key=lambda each: (each.severity, each.bits), default=None)
    return best, seal_traces(own, known.traces, about=_about(ref.source, ref.key))


def _opened(known: Known, source: str, before: Before) -> list[tuple[Trace, ...]]:
    found = []
    for key, sealed in before.sealed.items():
        try:
            found.append(open_traces(sealed, known.traces, about=_about(source, key)))
        except ValueError as problem:
            _log.error("trace.refused", source=source, reason=str(problem))
    return found


def _about(source: str, key: str) -> str:
    return f"{source}\0{key}"
