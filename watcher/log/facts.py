"""
What may be written to a log, and what is withheld.

A log travels to places that were never meant to hold what a leak holds. So a
key must be on the list to show its value, a value must be plain to be shown,
and of an exception there is its class and the place in the code; its message
only if it is one of ours (`WatcherError`), which never quotes a document.
Local variables are never looked at.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from watcher.api import Secret
from watcher.errors import WatcherError
from watcher.plain import clean

SHOWN = frozenset(
    {
        # structlog's own, and what a foreign record or an exception leaves
        *("timestamp", "level", "logger", "event", "exception", "causes", "at"),
        # names: of sources and targets, of alerts, places as the source names them
        *("source", "key", "alert", "incident", "delivery", "target", "kind", "matcher", "path"),
        # what happened
        *("error", "reason", "status", "severity", "why", "signal", "host", "retry"),
        # how many, how long, when
        *("alerts", "attempts", "bytes", "count", "deliveries", "documents", "failures", "listed"),
        *("matches", "new", "officers", "people", "pending", "sources", "unread", "version"),
        *("workers", "seconds", "late", "wait", "every", "due_at", "next_due", "retry_at", "pid"),
    }
)

WITHHELD = "withheld"
LONGEST = 500  # characters of one value
MOST = 20  # entries of one list
_FRAMES = 8

_EVENT = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40}){0,3}")
_NAME = re.compile(r"[\w.\-]{1,80}", re.ASCII)

Facts = MutableMapping[str, Any]


def withhold(logger: object, method: str, facts: Facts) -> Facts:
    """A structlog processor: what is not to be shown, in place, becomes `withheld`."""
    event = facts.get("event")
    if not (isinstance(event, str) and _EVENT.fullmatch(event)):
        facts["event"] = WITHHELD  # an event is a name; text may have anything in it
    for key in facts.keys() - {"event"}:
        if key not in SHOWN:
            facts[key] = WITHHELD
        else:
            facts[key] = plain(facts[key])
    for key in [key for key in facts if not _NAME.fullmatch(key)]:
        del facts[key]
    return facts


def exceptions(logger: object, method: str, facts: Facts) -> Facts:
    """A structlog processor: `exc_info` becomes classes, places in the code, our own messages."""
    given = facts.pop("exc_info", None)
    facts.pop("stack_info", None)
    problem = given if isinstance(given, BaseException) else None
    if given is True:
        problem = sys.exc_info()[1]
    elif isinstance(given, tuple):
        problem = next((each for each in given if isinstance(each, BaseException)), None)
    if problem is not None:
        facts.update(told(problem))
    return facts


def told(problem: BaseException) -> dict[str, object]:
    """What may be told of an exception."""
    facts: dict[str, object] = {"exception": _line(problem)}
    if causes := [_line(each) for each in _causes(problem)]:
        facts["causes"] = causes
    if places := list(_places(problem.__traceback__)):
        facts["at"] = places[-_FRAMES:]
    return facts


def plain(value: object) -> object:
    """A value as it may be shown: a number, a short clean text, a time, or a list of them."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Secret):
        return WITHHELD
    if isinstance(value, str | PurePath):
        return short(str(value))
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, BaseException):
        return _line(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in list(value)[:MOST]]
    return WITHHELD


def short(text: str) -> str:
    """At most `LONGEST` characters and an ellipsis, on one line."""
    return clean(text if len(text) <= LONGEST else text[:LONGEST] + "…")


def _line(problem: BaseException) -> str:
    name = type(problem).__qualname__
    return short(f"{name}: {problem}" if isinstance(problem, WatcherError) else name)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """What it was raised from and what it holds, each once."""
    known = {id(problem)}
    waiting = [problem]
    while waiting and len(known) <= MOST:
        each = waiting.pop(0)
        inside = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        for cause in (each.__cause__ or each.__context__, *inside):
            if cause is not None and id(cause) not in known:
                known.add(id(cause))
                waiting.append(cause)
                yield cause


def _places(trace: TracebackType | None) -> Iterator[str]:
    """File and line of each frame, outermost first: code, never data."""
    while trace is not None:
        name = Path(trace.tb_frame.f_code.co_filename).name
        yield f"{name if _NAME.fullmatch(name) else '?'}:{trace.tb_lineno}"
        trace = trace.tb_next


def foreign(name: str, problem: BaseException | None) -> Mapping[str, object]:
    """What may be told of another library's record: its logger and the class of its exception."""
    facts: dict[str, object] = {"logger": name if _NAME.fullmatch(name) else WITHHELD}
    if problem is not None:
        facts["exception"] = type(problem).__qualname__
    return facts
