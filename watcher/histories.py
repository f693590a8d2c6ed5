"""
What the store knows of each source, as facts to judge it by, and how it is judged by them.

The service, its figures, `watcher sources` and `watcher doctor` all judge here,
so that they say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from watcher import outward
from watcher.api import Source
from watcher.config.settings import SourceTable
from watcher.health import SOURCE, Facts, Judged, Usual, judge, learn
from watcher.model import OK
from watcher.store import Book, Hour, SourceState, Visits

NEAR = outward.HERE | {"follow"}  # kinds that ask nobody over the network for a list
AFRESH = timedelta(minutes=10)  # how often the hours of the last days are read again
RELEARNED = timedelta(hours=6)  # how often it is learned what is usual
AT_ONCE = 20  # sources that this is learned of in one look: others want the store as well
BACK = timedelta(days=63)
DAY = timedelta(days=1)
RECENT = timedelta(days=8)
BEGUN = "watching"  # since when there has been somebody to visit, as the service marks it
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was read of one source at that time, and what had been learned of it by then."""

    at: datetime
    hours: Sequence[Hour]
    learned_at: datetime
    usual: Usual | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What was read of all sources at once at that time (see `Book.untouched`, `Book.alike`)."""

    at: datetime
    untouched: Mapping[str, tuple[int, datetime]]
    alike: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Known:
    """A source's facts, and how it is by them now. `before`: the state that was told last."""

    facts: Facts
    judged: Judged
    before: str


class Histories:
    """
    The facts of these sources (name → interval). What changes slowly is read now and then.

    `near`: those that ask nobody over the network.
    """

    def __init__(self, every: Mapping[str, timedelta], *, near: Collection[str] = ()) -> None:
        self._every = every
        self._near = near
        self._learned: dict[str, Learned] = {}
        self._shared: _Shared | None = None

    @classmethod
    def of(cls, sources: Mapping[str, tuple[SourceTable, Source]]) -> Histories:
        """Those of these sources."""
        return cls(
            {name: source.every for name, (_, source) in sources.items()},
            near={name for name, (table, _) in sources.items() if table.kind in NEAR},
        )

    def judged(self, book: Book, now: datetime) -> dict[str, Known]:
        """By source, how it is now. Runs in the book's thread."""
        begun = book.marked(BEGUN)
        told = {each.subject: each for each in book.conditions() if each.kind == SOURCE}
        found = {}
        for name, known in self.facts(book, now).items():
            before = told.get(name)
            was, since = (before.state, before.since) if before else (OK, None)
            rested = known if begun is None else _rested(known, begun)
            found[name] = Known(rested, judge(rested, was=was, since=since, now=now), was)
        return found

    def facts(self, book: Book, now: datetime) -> dict[str, Facts]:
        """By source. Runs in the book's thread."""
        states = {each.name: each for each in book.sources()}
        if self._shared is None or not _fresh(self._shared.at, now, AFRESH):
            self._shared = _Shared(now, book.untouched(), book.alike(since=now - DAY))
        visits = book.visits()
        found = {}
        learning = AT_ONCE
        for name, every in self._every.items():
            seen = visits.get(name)
            known = self._learned.get(name)
            if seen is not None:
                stale = known is None or not _fresh(known.learned_at, now, RELEARNED)
                if stale and learning:
                    learning -= 1
                    known = _learn(book, name, seen, now)
                elif known is None or not _fresh(known.at, now, AFRESH):
                    hours = _hours(book, name, now - RECENT, now)
                    known = Learned(
                        now,
                        hours,
                        known.learned_at if known else NEVER,
                        known.usual if known else None,
                    )
                self._learned[name] = known
            known_facts = facts(every, states.get(name), seen, known, now)
            waiting, waits_since = self._shared.untouched.get(name, (0, None))
            alike, compared = self._shared.alike.get(name, (0, 0))
            found[name] = replace(
                known_facts,
                far=name not in self._near,
                waiting=waiting,
                waits_since=waits_since,
                alike=alike,
                compared=compared,
            )
        return found


def _rested(facts: Facts, begun: datetime) -> Facts:
    """Nobody was late, and nothing waited, while the service did not run."""
    if facts.waits_since is not None and facts.waits_since < begun:
        facts = replace(facts, waits_since=begun)
    if facts.next_due is None or facts.next_due >= begun:
        return facts
    return replace(facts, next_due=begun)


def _fresh(at: datetime, now: datetime, span: timedelta) -> bool:
    return timedelta(0) <= now - at < span


def _hours(book: Book, name: str, since: datetime, now: datetime) -> list[Hour]:
    """Up to now: a clock that was wrong once left hours that are yet to come."""
    return [each for each in book.hours(name, since=since) if each.at <= now]


def _learn(book: Book, name: str, seen: Visits, now: datetime) -> Learned:
    hours = _hours(book, name, now - BACK, now)
    usual = learn(hours, now=now, new_at=seen.new_at)
    return Learned(now, [each for each in hours if now - each.at < RECENT], now, usual)


def facts(
    every: timedelta,
    state: SourceState | None,
    seen: Visits | None,
    known: Learned | None,
    now: datetime,
) -> Facts:
    """What is known of one source."""
    if state is None or seen is None:
        return Facts(every=every)
    hours = known.hours if known else ()
    today = [each for each in hours if now - each.at < DAY]
    return Facts(
        every=every,
        tried_at=seen.at,
        asked_at=state.tried_at,
        next_due=state.next_due,
        last_ok=state.last_ok,
        error=state.last_error,
        ends=seen.ends,
        failing_since=seen.failing_since,
        new_at=seen.new_at,
        watched_since=seen.watched_since,
        kept=sum(each.kept for each in today),
        lost=sum(each.lost for each in today),
        hours=hours,
        usual=known.usual if known else None,
    )
