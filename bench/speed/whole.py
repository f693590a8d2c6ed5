"""Whole processes: what enrolling costs, what a long file needs in memory, what a person waits for."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bench.speed.figures import Figure
from bench.speed.installation import Installation

ENROL = {47_000: 15.0, 250_000: 90.0}  # seconds
RESIDENT = {47_000: 300.0, 250_000: 700.0}  # MB
TURNS = 5


def enrolled(installation: Installation) -> list[Figure]:
    """`watcher enrol`: its time and the most it held."""
    count, cost = installation.count, installation.enrolled
    return [
        Figure(
            key=f"enrol.{count}",
            what=f"watcher enrol, {count:,} people",
            value=round(cost.seconds, 2),
            unit="s",
            more=False,
            reach=ENROL.get(count),
            stages={"processor": round(cost.cpu, 2)},
        ),
        Figure(
            key=f"enrol.memory.{count}",
            what=f"watcher enrol, {count:,} people, most held",
            value=round(cost.peak),
            unit="MB",
            more=False,
        ),
    ]


def resident(installation: Installation, path: Path, megabytes: int) -> list[Figure]:
    """`watcher scan --no-store` of a long file: the most its process held, and how fast it went."""
    cost = installation.run("scan", "--no-store", "--fail-on", "critical", str(path))
    count = installation.count
    return [
        Figure(
            key=f"memory.{count}.{megabytes}",
            what=f"watcher scan of {megabytes} MB of text, {count:,} officers, most held",
            value=round(cost.peak),
            unit="MB",
            more=False,
            reach=RESIDENT.get(count),
        ),
        Figure(
            key=f"scan.{count}.{megabytes}",
            what=f"the same, whole process on two cores, {count:,} officers",
            value=round(path.stat().st_size / 1e6 / cost.seconds, 1),
            unit="MB/s",
        ),
    ]


def waits(installation: Installation) -> list[Figure]:
    """Commands that a person waits for; the first turn, which fills caches, does not count."""
    figures = []
    for key, words, turns, reach in (
        ("alerts", ("alerts",), TURNS, 0.35),
        ("scan.small", ("scan", "--no-store", "leak.csv"), TURNS, 1.0),
        ("scan.stored", ("scan", "leak.csv"), TURNS, None),
        ("demo", ("demo",), 2, None),
    ):
        installation.run(*words)
        costs = [installation.run(*words) for _ in range(turns)]
        figures.append(
            Figure(
                key=f"wait.{key}",
                what=f"watcher {' '.join(words)}, whole process, {installation.count:,} officers",
                value=round(median(each.seconds for each in costs), 3),
                unit="s",
                more=False,
                reach=reach,
                stages={"processor": round(median(each.cpu for each in costs), 3)},
            )
        )
    return figures
