"""Weeks of sources, made from a seed: what each brings hour by hour, and what is judged of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from watcher.health import Facts, Judged, Usual, judge, learn
from watcher.model import OK

START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
KEPT = 63 * 24  # hours

Law = Callable[[datetime, Random], int]
"""How many items an hour brings."""


@dataclass(frozen=True, slots=True)
class Hour:
    at: datetime
    new: int
    visits: int = 4
    failed: int = 0


def poisson(mean: float, random: Random) -> int:
    """Knuth's product for small means, a rounded normal for large ones."""
    if mean > 200:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, random.random()
    while product > limit:
        count, product = count + 1, product * random.random()
    return count


def _day(at: datetime, *, night: float, weekend: float) -> float:
    """How busy an hour is: 1 by day, less at night, and less on weekends."""
    by_hour = 1.0 if 8 <= at.hour < 20 else night
    return by_hour * (weekend if at.weekday() >= 5 else 1.0)


def busy(at: datetime, random: Random) -> int:
    """A paste site: twenty an hour, a tenth of it at night, gusts of half and twice."""
    gust = random.gammavariate(4, 0.25)
    return poisson(20 * gust * _day(at, night=0.1, weekend=0.7), random)


def office(at: datetime, random: Random) -> int:
    """A disclosure log: six on a working day, in office hours, none on weekends."""
    open_ = at.weekday() < 5 and 9 <= at.hour < 17
    return poisson(6 / 8, random) if open_ else 0


def bursts(at: datetime, random: Random) -> int:
    """A leak listing: every other day somebody puts up a dozen at once, mostly by night."""
    if random.random() > 1 / 48 * (2 - _day(at, night=0.0, weekend=1.0)):
        return 0
    return 1 + int(random.expovariate(1 / 12))


def seldom(at: datetime, random: Random) -> int:
    """A board: one a day, at any hour."""
    return poisson(1 / 24, random)


def moods(at: datetime, random: Random) -> int:
    """A channel that talks all day or not at all: each day is of one mood."""
    mood = Random(at.toordinal() * 7919).random()
    return poisson(2.0 * (mood < 0.6) * _day(at, night=0.05, weekend=0.5), random)


LAWS: dict[str, Law] = {
    "busy": busy,
    "office": office,
    "bursts": bursts,
    "seldom": seldom,
    "moods": moods,
}


@dataclass(slots=True)
class Run:
    """A source watched hour by hour: its state is judged after each hour as the service does."""

    state: str = OK
    since: datetime | None = None
    changes: list[tuple[datetime, Judged]] | None = None
    usual: Usual | None = None


def watched(hours: Iterator[Hour]) -> Run:
    """What is judged of these hours, one after another."""
    run = Run(changes=[])
    assert run.changes is not None
    past: list[Hour] = []
    new_at: datetime | None = None
    watched_since: datetime | None = None
    for hour in hours:
        past = [*past[-KEPT:], hour]
        now = hour.at + HOUR - timedelta(seconds=1)
        watched_since = watched_since or now
        if hour.new:
            new_at = now
        if hour.at.hour == 0:
            run.usual = learn(past, now=now, new_at=new_at)
        facts = Facts(
            every=timedelta(minutes=15),
            tried_at=now,
            next_due=now + timedelta(minutes=15),
            last_ok=now,
            ends=("ok",) * 24,
            new_at=new_at,
            watched_since=watched_since,
            hours=past,
            usual=run.usual,
        )
        judged = judge(facts, was=run.state, since=run.since, now=now)
        if judged.state != run.state:
            run.changes.append((now, judged))
            run.state, run.since = judged.state, now
    return run


def made(law: Law, seed: int, *, days: int, stops: int | None = None) -> Iterator[Hour]:
    """The hours of so many days under this law; after `stops` days nothing comes any more."""
    random = Random(seed)
    for number in range(days * 24):
        at = START + number * HOUR
        new = law(at, random)
        yield Hour(at, 0 if stops is not None and number >= stops * 24 else new)
