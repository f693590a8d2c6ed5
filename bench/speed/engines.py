"""
Who scans: `watcher`, and the engines it is compared with.

The others search the distinct full names of the same roster, exactly and in
plain text, without regard to case; `wc -w` only counts words.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bench.detection.roster import Member
from bench.speed.installation import Loaded
from bench.speed.windows import Workload
from watcher.assess import assess
from watcher.config.settings import Matching
from watcher.model import Part, Tally

CHUNK = 5_000  # strings of one YARA rule; the library's own limit is 10,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One round: bytes that were scanned, seconds it took, and of which stages."""

    size: int
    seconds: float
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """MB/s."""
        return self.size / 1e6 / self.seconds


class Engine(Protocol):
    """One of those that are compared."""

    name: str

    def scan(self, load: Workload, budget: float) -> Timing:
        """Scan it, or as many of its windows as fit into so many seconds."""


class Watcher:
    """Matching with everything on, and judging, to a finding; in the thread that calls."""

    name = "watcher"

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def scan(self, load: Workload, budget: float) -> Timing:
        tallies: list[Tally] = []
        began = time.perf_counter()
        size = 0
        for part in spread(load.parts):
            tallies += [each.match(part) for each in self._loaded.recognisers]
            size += _bytes(part)
            if time.perf_counter() - began > budget:
                break
        matched = time.perf_counter()
        total = Tally.total(tallies)
        added = time.perf_counter()
        assess(total, officers=self._loaded.officers, settings=Matching())
        ended = time.perf_counter()
        stages = {"match": matched - began, "add up": added - matched, "assess": ended - added}
        return Timing(size=size, seconds=ended - began, stages=stages)


class Plain:
    """An engine that is asked window by window for the number of its hits."""

    def __init__(self, name: str, count: Callable[[str], int]) -> None:
        self.name = name
        self._count = count

    def scan(self, load: Workload, budget: float) -> Timing:
        began = time.perf_counter()
        size = 0
        for part in spread(load.parts):
            self._count(part.text)
            size += _bytes(part)
            if time.perf_counter() - began > budget:
                break
        return Timing(size=size, seconds=time.perf_counter() - began)


class Words:
    """`wc -w`, a process on the file."""

    name = "wc -w"

    def scan(self, load: Workload, budget: float) -> Timing:
        began = time.perf_counter()
        subprocess.run(
            ["wc", "-w", str(load.path)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )
        return Timing(size=load.size, seconds=time.perf_counter() - began)


def spread(parts: Sequence[Part]) -> Sequence[Part]:
    """All windows, in an order whose beginning is a sample of the whole."""
    step = max(1, int(len(parts) * 0.382))
    while step > 1 and any(len(parts) % d == 0 and step % d == 0 for d in range(2, step + 1)):
        step -= 1
    return [parts[at * step % len(parts)] for at in range(len(parts))]


def others(members: Sequence[Member]) -> list[Engine]:
    """yara-python, ahocorasick_rs, and the least that anybody would do, for this roster."""
    names = sorted({f"{each.forename} {each.surname}" for each in members})
    return [_yara(names), _ahocorasick(names), _findall(members), Words()]


def _yara(names: Sequence[str]) -> Engine:
    import yara  # type: ignore[import-not-found, unused-ignore]  # ships no types

    sources = {}
    for start in range(0, len(names), CHUNK):
        strings = "\n".join(
            f'$n{at} = "{name}" nocase fullword'
            for at, name in enumerate(
                each.encode("ascii", "replace").decode() for each in names[start : start + CHUNK]
            )
        )
        sources[f"r{start}"] = f"rule r{start} {{ strings: {strings} condition: any of them }}"
    rules = yara.compile(sources=sources)
    return Plain("yara-python", lambda text: len(rules.match(data=text.encode())))


def _ahocorasick(names: Sequence[str]) -> Engine:
    from ahocorasick_rs import AhoCorasick

    machine = AhoCorasick([each.lower() for each in names])
    return Plain("ahocorasick_rs", lambda text: len(machine.find_matches_as_indexes(text.lower())))


def _findall(members: Sequence[Member]) -> Engine:
    known = {each.surname.lower() for each in members}
    find = re.compile(r"\w+").findall
    return Plain("re.findall + set", lambda text: sum(word.lower() in known for word in find(text)))


def _bytes(part: Part) -> int:
    text = part.text
    return len(text) - part.overlap if text.isascii() else len(text[part.overlap :].encode())
