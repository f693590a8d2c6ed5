"""What a run shows: visits and their lateness, budgets, memory, the stop, and how soon a leak was told."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import linear_regression, median

from bench.speed.figures import Figure
from bench.watching.mix import HEALTHY, PER_HOST
from bench.watching.run import Run
from watcher.schedule import grace

STOP = 10.0  # seconds
JITTER = 0.1  # seconds by which two requests come closer on their way
WINDOW = 60.0
SETTLED = 0.3  # of the run: what is held before is still being built up
GROWTH = 1.0  # MB a minute
MISSED = "visits that did not begin within their grace"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which such a share of these is; 0 of none."""
    found = sorted(values)
    return found[min(len(found) - 1, int(share * len(found)))] if found else 0.0


def measured(run: Run, store: Path) -> Iterator[Figure]:
    """All figures of a run; their keys tell how many sources there were."""
    yield from _visits(run, store)
    yield from _budgets(run)
    yield from _held(run)
    yield from _told(run, store)


def _figure(run: Run, key: str, what: str, value: float, unit: str, *, reach: float | None = None, more: bool = False) -> Figure:  # fmt: skip
    many = len(run.places)
    return Figure(
        key=f"{key}.{many}",
        what=f"{many} sources: {what}",
        value=round(value, 3),
        unit=unit,
        more=more,
        reach=reach,
    )


def _visits(run: Run, store: Path) -> Iterator[Figure]:
    every = {each.name: timedelta(seconds=each.every) for each in run.places}
    visits = [e for e in run.said if e["event"] == "source.visited" and e["source"] in every]
    late = [float(each["late"]) for each in visits]
    begun: dict[str, float] = defaultdict(float)
    for each in visits:
        ended = datetime.fromisoformat(each["timestamp"]).timestamp()
        begun[each["source"]] = max(begun[each["source"]], ended - float(each["seconds"]))
    missed = sum(
        timedelta(seconds=float(each["late"])) > grace(every[each["source"]]) for each in visits
    )
    # Due by the store, and neither visited nor being visited when the stop came.
    for name, due in _due(store).items():
        if name in every and due + grace(every[name]).total_seconds() < run.ended:
            missed += begun[name] < due
    missed += sum(name not in begun for name in every)
    yield _figure(run, "visits", "visits made", len(visits), "", more=True)
    yield _figure(run, "visits.missed", MISSED, missed, "", reach=0)
    for key, value in (("median", median(late)), ("p99", percentile(late, 0.99)), ("max", max(late))):  # fmt: skip
        yield _figure(run, f"late.{key}", f"a visit begins after it is due, {key}", value, "s")
    yield _figure(
        run, "gap", "longest between two requests for a healthy one-minute listing",
        _gap(run), "s",
    )  # fmt: skip
    failed = sum(each["event"] == "source.failed" for each in run.said)
    yield _figure(run, "visits.failed", "of the visits, brought no listing", failed, "")
    crashed = sum(each["event"].endswith((".crashed", ".fault", ".trouble")) for each in run.said)
    yield _figure(run, "crashes", "faults of its own in the log", crashed, "", reach=0)


def _due(store: Path) -> Mapping[str, float]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT name, next_due FROM source WHERE next_due IS NOT NULL").fetchall()
    return {name: datetime.fromisoformat(due).timestamp() for name, due in rows}


def _gap(run: Run) -> float:
    listings = {
        f"/{each.name}/list" for each in run.places if each.group == HEALTHY and each.every == 60
    }
    times: dict[str, list[float]] = defaultdict(list)
    for at, _, path in run.asked:
        if path in listings:
            times[path].append(at)
    # The first visit, which reads all that there is, takes longer than any other.
    gaps = [gap for each in times.values() for gap in _gaps([*each[1:], run.ended])]
    return max(gaps, default=0.0)


def _gaps(times: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(times)]


def _budgets(run: Run) -> Iterator[Figure]:
    times: dict[str, list[float]] = defaultdict(list)
    for at, host, _ in run.asked:
        times[host].append(at)
    gaps = [gap for each in times.values() for gap in _gaps(sorted(each))]
    yield _figure(run, "requests", "requests, counted by the places", len(run.asked), "")
    yield _figure(
        run, "budget.most", f"the most that one host was asked in any {WINDOW:.0f} s",
        max(_most(sorted(each)) for each in times.values()), "", reach=WINDOW / PER_HOST + 1,
    )  # fmt: skip
    yield _figure(
        run, "budget.closest", "between two requests to one host, at least", min(gaps), "s",
        more=True, reach=PER_HOST - JITTER,
    )  # fmt: skip
    exceeded = sum(gap < PER_HOST - JITTER for gap in gaps)
    yield _figure(run, "budget.exceeded", "times that a host's budget was exceeded", exceeded, "", reach=0)  # fmt: skip
    yield _figure(run, "lag", "the places themselves were late by at most", run.lag, "s")


def _most(times: Sequence[float]) -> int:
    return max(bisect_left(times, at + WINDOW) - index for index, at in enumerate(times))


def _held(run: Run) -> Iterator[Figure]:
    looks = run.looks
    end = looks[-1].at
    steady = [each for each in looks if each.at >= SETTLED * end]
    minutes = [each.at / 60 for each in steady]
    for key, what, held in (
        ("service", "the service holds", [each.service for each in steady]),
        ("workers", "its readers hold", [each.workers for each in steady]),
    ):
        yield _figure(run, f"{key}.first", f"{what}, at first", getattr(looks[0], key), "MB")
        yield _figure(run, f"{key}.median", f"{what}, median", median(held), "MB")
        yield _figure(run, f"{key}.most", f"{what}, at most", max(held), "MB")
        slope = linear_regression(minutes, held).slope
        yield _figure(run, f"{key}.growth", f"{what} more each minute", slope, "MB", reach=GROWTH)
    share = (looks[-1].processor - looks[0].processor) / (end - looks[0].at)
    yield _figure(run, "processor", "processor time of service and readers", looks[-1].processor, "s")  # fmt: skip
    yield _figure(run, "processor.share", "share of one core", 100 * share, "%")
    yield _figure(run, "load", "load of the machine, five minutes", run.load, "")
    yield _figure(run, "metrics.median", "/metrics answers within, median", median(run.scrapes), "s")  # fmt: skip
    yield _figure(run, "metrics.max", "/metrics answers within, at most", max(run.scrapes), "s")
    yield _figure(run, "stop", "SIGTERM to exit", run.stopped, "s", reach=STOP)


def _told(run: Run, store: Path) -> Iterator[Figure]:
    waits = list(_waits(run, store))
    lost = len(run.published) - len(waits)
    yield _figure(run, "leaks", "leaks published", len(run.published), "", more=True)
    yield _figure(run, "leaks.untold", "leaks published and not told", lost, "", reach=0)
    for key, value in (("median", 0.5), ("p99", 0.99), ("max", 1.0)):
        yield _figure(
            run, f"told.{key}", f"published to told at a one-minute source, {key}",
            percentile(waits, value), "s",
        )  # fmt: skip
    yield _figure(run, "told.asked", "of that from the listing's request on, median",
                  median(_handled(run, store)), "s")  # fmt: skip
    kinds = [body["type"] for _, body in run.told]
    for kind, many in (("watcher.notice", "notices told"), ("watcher.alert", "alerts told"), ("watcher.digest", "digests told")):  # fmt: skip
        yield _figure(run, kind, many, kinds.count(kind), "")


def _cards(run: Run, store: Path) -> Iterable[tuple[str, str, float]]:
    """Key, source and time of each alert that was told, the first time."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT 'A-' || id, key, source FROM alert").fetchall()
    keys = {alert: (key, source) for alert, key, source in rows}
    seen = set()
    for at, body in sorted(run.told, key=lambda each: each[0]):
        for alert in (body["data"]["id"], *body["data"].get("alerts", ())):
            if alert in keys and alert not in seen:
                seen.add(alert)
                yield (*keys[alert], at)


def _waits(run: Run, store: Path) -> Iterator[float]:
    for key, _, at in _cards(run, store):
        if key in run.published:
            yield at - run.published[key]


def _handled(run: Run, store: Path) -> Sequence[float]:
    """From the last request for its listing before a leak was told."""
    times: dict[str, list[float]] = defaultdict(list)
    for at, _, path in run.asked:
        times[path].append(at)
    found = []
    for key, source, at in _cards(run, store):
        if key in run.published:
            listed = times[f"/{source}/list"]
            found.append(at - listed[bisect_left(listed, at) - 1])
    return found or [0.0]
