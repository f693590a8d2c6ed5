"""
What a source usually brings, learned from its own hours, and how unlikely it is to bring less.

New items of a day are taken as negative binomial with one dispersion (the
index of dispersion D = variance / mean, at least 1) for all days of a source:
posts come in bursts, and a Poisson law would call every pause between two
bursts a silence. With one D, sums over any hours are negative binomial again
(Johnson, Kemp and Kotz, Univariate Discrete Distributions, §5.12), so a window
needs only its mean, and nothing at all in it has the probability
D^(-mean / (D - 1)), or e^(-mean) where D is 1.

The mean of an hour is that of its kind of day (working day, weekend) times the
hour's share of such a day, UTC. The last week of the year is of weekends; other
bank holidays are not known here: where nothing comes on one, a source that
brings several a day is quiet until the next working day. Days of outages are not learned from, days of
floods are cut down to the next largest, and of each mean the lower end of what
it may be is taken: who has learned little expects little.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Protocol

LEARNED = timedelta(days=35)  # five weeks before now, or before the silence that is judged
LEAST_DAYS = 14  # that a source must have been watched: two of each weekday
LEAST_WEEKEND = 3
LEAST_ITEMS = 20  # new ones in them; of less no law can be learned
OFTEN = 0.75  # of the hours of a usual day: of a day that was looked at less a part is missing
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_SATURDAY = 5
_CHRISTMAS_EVE = (12, 24)
_NEW_YEAR = (1, 2)  # a bank holiday in Scotland


class HourLike(Protocol):
    """One hour of a source's history, as the store gives it."""

    @property
    def at(self) -> datetime: ...
    @property
    def visits(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def new(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """
    What a source brings: `means` of a working day and of a weekend day.

    `low`: the same, the lower end of what they may be. `shares`: of the hours
    of each (24, adding up to 1). `spread`: the index of dispersion. `pause`:
    the most unlikely pause between two items that it has made before, and
    `least`: its poorest day as a part of the mean of such a day.
    """

    means: tuple[float, float]
    low: tuple[float, float]
    shares: tuple[tuple[float, ...], tuple[float, ...]]
    spread: float
    pause: float = 0.0
    least: float = 1.0

    @property
    def a_day(self) -> float:
        """New items on an average day of the week."""
        return (5 * self.means[0] + 2 * self.means[1]) / 7

    def expected(self, start: datetime, end: datetime) -> float:
        """How many new items this time usually brings, rather too few than too many."""
        total = 0.0
        while start < end:
            top = start.replace(minute=0, second=0, microsecond=0) + HOUR
            until = min(top, end)
            kind = _kind(start.date())
            total += self.low[kind] * self.shares[kind][start.hour] * ((until - start) / HOUR)
            start = until
        return total

    def unlikely(self, count: int, mean: float) -> float:
        """-ln of the probability of so few items or fewer where `mean` are expected; 0 if they are not few."""
        if count >= mean:
            return 0.0
        if count == 0:
            return self._nothing(mean)
        return max(0.0, -_log_tail(count, mean, self.spread))

    def _nothing(self, mean: float) -> float:
        return mean * (math.log(self.spread) / (self.spread - 1) if self.spread > 1.001 else 1.0)


def learn(
    hours: Sequence[HourLike], *, now: datetime, new_at: datetime | None = None
) -> Usual | None:
    """
    What a source usually brings, or None while that cannot be told. `hours`: oldest first, UTC.

    `new_at`: when it last brought something. The silence since is what is to
    be judged, and is not learned from.
    """
    today = now.date() if new_at is None else min(now.date(), new_at.date() + DAY)
    days = _days(hours, today - LEARNED, today)
    kinds = ([day for day in days if not _kind(day)], [day for day in days if _kind(day)])
    if len(days) < LEAST_DAYS or len(kinds[1]) < LEAST_WEEKEND or not kinds[0]:
        return None
    if sum(map(sum, days.values())) < LEAST_ITEMS:
        return None
    totals = [_cut([float(sum(days[day])) for day in kind]) for kind in kinds]
    means = [math.fsum(each) / len(each) for each in totals]
    spread = _spread(totals, means)
    low = [
        max(0.0, mean - math.sqrt(spread * mean / len(each)))
        for each, mean in zip(totals, means, strict=True)
    ]
    usual = Usual(
        means=(means[0], means[1]),
        low=(low[0], low[1]),
        shares=(_shares([days[day] for day in kinds[0]]), _shares([days[day] for day in kinds[1]])),
        spread=spread,
    )
    poorest = (
        sum(days[day]) / low[_kind(day)] for day in days if low[_kind(day)] >= 1
    )  # a day on which nothing is expected says nothing
    return Usual(
        means=usual.means,
        low=usual.low,
        shares=usual.shares,
        spread=spread,
        pause=_longest(usual, hours, days),
        least=min(poorest, default=1.0),
    )


def _kind(day: date) -> int:
    """0 for a working day, 1 for a day of the weekend, or of the turn of the year: offices are closed as on one."""
    closed = (day.month, day.day) >= _CHRISTMAS_EVE or (day.month, day.day) <= _NEW_YEAR
    return int(closed or day.weekday() >= _SATURDAY)


def _days(hours: Sequence[HourLike], first: date, today: date) -> dict[date, list[int]]:
    """New items by hour of each whole day on which the source was looked at as often as usual."""
    new: dict[date, list[int]] = {}
    looked: dict[date, int] = {}
    for each in hours:
        day = each.at.date()
        if first <= day < today:
            new.setdefault(day, [0] * 24)[each.at.hour] += each.new
            looked[day] = looked.get(day, 0) + (each.visits > each.failed)
    usual = median([many for many in looked.values() if many] or [0])
    return {day: new[day] for day in new if looked[day] and looked[day] >= usual * OFTEN}


def _cut(totals: list[float]) -> list[float]:
    """The same days, floods cut down to what nine in ten stay below (the second largest of few)."""
    ordered = sorted(totals)
    most = ordered[min(len(ordered) - 2, int(0.9 * (len(ordered) - 1)))] if len(ordered) > 1 else 0
    return [min(each, max(most, ordered[0])) for each in totals]


def _spread(totals: Sequence[Sequence[float]], means: Sequence[float]) -> float:
    """The index of dispersion about the means, rather too large: what was cut is lost to it."""
    squares = math.fsum(
        (each - mean) ** 2 for days, mean in zip(totals, means, strict=True) for each in days
    )
    whole = math.fsum(mean * len(days) for days, mean in zip(totals, means, strict=True))
    many = sum(map(len, totals))
    return max(1.0, 1.5 * squares / whole * many / (many - 2)) if whole else 1.0


def _shares(days: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Each hour's share, smoothed with its neighbours: summer time moves all by one."""
    sums = [sum(day[hour] for day in days) for hour in range(24)]
    smooth = [sums[hour - 1] / 4 + sums[hour] / 2 + sums[(hour + 1) % 24] / 4 for hour in range(24)]
    whole = sum(smooth)
    return tuple(each / whole for each in smooth) if whole else (1 / 24,) * 24


def _longest(usual: Usual, hours: Sequence[HourLike], days: dict[date, list[int]]) -> float:
    """The most unlikely pause between two items in the days that were learned from."""
    most = mean = 0.0
    before: datetime | None = None
    for each in _learned(hours, days):
        if before is not None and each.at - before > DAY:
            mean = 0.0  # nobody looked
        before = each.at
        if each.new:
            most = max(most, usual.unlikely(0, mean))
            mean = 0.0
        else:
            mean += usual.expected(each.at, each.at + HOUR)
    return most


def _learned(hours: Sequence[HourLike], days: dict[date, list[int]]) -> Iterator[HourLike]:
    return (each for each in hours if each.at.date() in days)


def _log_tail(count: int, mean: float, spread: float) -> float:
    """Logarithm of P(X ≤ count) for 0 < count < mean: the terms fall away below `count`."""
    size = mean / (spread - 1) if spread > 1.001 else 0.0
    if size:
        last = (
            math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
            - size * math.log(spread) + count * math.log((spread - 1) / spread)
        )  # fmt: skip
    else:
        last = count * math.log(mean) - mean - math.lgamma(count + 1)
    total = term = 1.0
    for k in range(count, 0, -1):
        term *= k / ((k - 1 + size) * (spread - 1) / spread if size else mean)
        total += term
        if term < 1e-9 * total:
            break
    return min(0.0, last + math.log(total))
