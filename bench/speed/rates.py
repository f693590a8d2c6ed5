"""MB/s: rounds in which every engine has its turn, medians, and ratios inside a round."""

from __future__ import annotations

import cProfile
import pstats
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from bench.speed.engines import Engine, Timing, Watcher, spread
from bench.speed.figures import Figure
from bench.speed.installation import Loaded
from bench.speed.windows import Workload

ROUNDS = 3
PROFILED = 24  # functions
BUDGET = 6.0  # seconds of one engine's turn; what does not fit is left out


def rate(
    load: Workload, watcher: Watcher, others: Sequence[Engine], *, count: int, reach: float | None
) -> Figure:
    """
    How fast this text is scanned, and how many times as fast as the others do it.

    Text that was never seen: what is remembered of words and headings would flatter a second reading.
    """
    first, *turns = load.turns(1 + ROUNDS)
    watcher.scan(first, 0.0)  # what is compiled or loaded at first use is not the text's cost
    own: list[Timing] = []
    ratios: dict[str, list[float]] = {each.name: [] for each in others}
    for turn in turns:
        own.append(watcher.scan(turn, BUDGET))
        for each in others:
            ratios[each.name].append(own[-1].rate / each.scan(turn, BUDGET / 3).rate)
    middle = sorted(own, key=lambda each: each.rate)[ROUNDS // 2]
    return Figure(
        key=f"{load.key}.{count}",
        what=f"{load.what}, {count:,} officers",
        value=round(middle.rate, 2),
        unit="MB/s",
        reach=reach,
        beside={name: round(median(found), 3) for name, found in ratios.items()},
        stages={name: round(seconds, 3) for name, seconds in middle.stages.items()},
    )


def growth(load: Workload, sizes: dict[int, Watcher]) -> list[Figure]:
    """The rate at each roster size, turn by turn, and what the largest costs against 47,000."""
    found: dict[int, list[float]] = {count: [] for count in sizes}
    first, *turns = load.turns(1 + ROUNDS)
    for each in sizes.values():
        each.scan(first, 0.0)
    for turn in turns:
        for count, each in sizes.items():
            found[count].append(each.scan(turn, BUDGET / 2).rate)
    figures = [
        Figure(
            key=f"growth.{count}",
            what=f"natural text, {count:,} officers, among the sizes",
            value=round(median(rates), 2),
            unit="MB/s",
        )
        for count, rates in found.items()
    ]
    if {47_000, 250_000} <= found.keys():
        slower = median(
            1 - large / small for small, large in zip(found[47_000], found[250_000], strict=True)
        )
        figures.append(
            Figure(
                key="growth.slower",
                what="slower at 250,000 officers than at 47,000",
                value=round(100 * slower, 1),
                unit="%",
                more=False,
                reach=40,
            )
        )
    return figures


def profiled(load: Workload, watcher: Watcher) -> list[tuple[str, float]]:
    """The functions that take most of the time of this text, with their ms per MB; one turn before it is not counted."""
    watcher.scan(load, BUDGET)
    profile = cProfile.Profile()
    size = profile.runcall(watcher.scan, load, BUDGET).size / 1e6
    taken: list[tuple[str, float]] = []
    for (path, _, name), found in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]  # typeshed leaves it out
        taken.append((f"{Path(path).stem}.{name}", 1000 * found[2] / size))
    return sorted(taken, key=lambda each: -each[1])[:PROFILED]


def threaded(load: Workload, loaded: Loaded) -> Figure:
    """Two matching threads against one, on the same windows."""

    def ask(at: int) -> None:
        for each in loaded.recognisers:
            each.match(parts[at])

    parts = list(spread(load.parts))
    began = time.perf_counter()
    ask(0)
    fit = min(len(parts), max(4, int(BUDGET / max(1e-4, time.perf_counter() - began))))
    ratios = []
    ready = threading.Barrier(2)

    def warm(_: int) -> None:
        """Each thread remembers words of its own, and a service's threads live as long as it."""
        ready.wait()
        for at in range(fit):
            ask(at)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(warm, range(2)))
        for at in range(fit):
            ask(at)
        for _ in range(ROUNDS):
            began = time.perf_counter()
            for at in range(fit):
                ask(at)
            middle = time.perf_counter()
            list(pool.map(ask, range(fit)))
            ratios.append((middle - began) / (time.perf_counter() - middle))
    return Figure(
        key="threads",
        what="two matching threads, as many times as fast as one",
        value=round(median(ratios), 2),
        unit="×",
        reach=1.8,
    )
