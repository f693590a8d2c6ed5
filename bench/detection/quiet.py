"""
Innocent documents judged: what rose above `info`, the highest score of any list, and how much distinct text that was.

Text counts once: of every line whose hash falls into one of `SAMPLED` classes
the bytes are counted the first time only, which estimates the distinct share.
"""

from __future__ import annotations

import hashlib
import random
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.detection import filler
from bench.detection.engine import Engine
from bench.detection.innocent import LISTS, Innocent
from bench.detection.innocent_pages import PAGES
from bench.detection.populations import dump
from bench.detection.world import World
from watcher.model import Severity

SAMPLED = 16
KINDS: dict[str, Innocent] = {**LISTS, **PAGES}
MACHINE = "text of this machine"
GIVEN = "text below "
DUMP = "a million rows of a neighbouring country"
MILLION = 250  # MB of negatives and above: the dump is among them


@dataclass(slots=True)
class Quiet:
    """One kind of innocent document at one roster."""

    kind: str
    roster: int
    documents: int = 0
    size: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    most_bits: float = float("-inf")
    raised: list[str] = field(default_factory=list)  # seeds or paths, and what was said
    seconds: float = 0.0

    @property
    def above(self) -> int:
        """Documents above `info`."""
        return sum(n for key, n in self.severities.items() if key not in ("none", "info"))

    @property
    def alerts(self) -> int:
        return sum(n for key, n in self.severities.items() if key in ("medium", "high", "critical"))

    @property
    def worst(self) -> str:
        found = [Severity.parse(key) for key in self.severities if key != "none"]
        return str(max(found)) if found else "none"

    def recorded(self) -> dict[str, object]:
        return {
            "documents": self.documents,
            "MB": round(self.size / 1e6, 1),
            "worst": self.worst,
            "above": self.above,
            "bits": round(self.most_bits, 1) if self.most_bits > -1e9 else None,
        }


class Distinct:
    """How many bytes of lines not seen before."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._bytes = 0

    def add(self, body: bytes) -> None:
        for line in body.splitlines(keepends=True):
            if zlib.crc32(line) % SAMPLED == 0:
                digest = hashlib.blake2b(line, digest_size=8).digest()
                if digest not in self._seen:
                    self._seen.add(digest)
                    self._bytes += len(line)

    @property
    def size(self) -> int:
        """Bytes, estimated."""
        return self._bytes * SAMPLED


def _documents(
    kind: str, seed: int, world: World, folder: Path | None
) -> Iterator[tuple[str, bytes]]:
    if kind == MACHINE:
        yield from ((str(path), data) for path, data in filler.distinct())
        return
    if folder is not None:
        yield from ((str(path), data) for path, data in filler.distinct(folder=folder))
        return
    if kind == DUMP:
        yield DUMP, dump(random.Random(seed)).encode()
        return
    number = 0
    while True:
        name = f"{seed}|{kind}|{number}"
        yield name, KINDS[kind](random.Random(name), world).encode()
        number += 1


def kept_quiet(
    engine: Engine,
    world: World,
    *,
    seed: int,
    size: int,
    distinct: Distinct,
    told: Callable[[Quiet], None],
    million: bool = False,
    kinds: tuple[str, ...] = (),
    texts: Sequence[Path] = (),
) -> list[Quiet]:
    """
    So many bytes of innocent documents: half of them text of this machine, the rest in equal parts.

    Every kind makes one document at least. `million`: a dump of a million rows
    too. `texts`: folders of further text, all of which is read.
    """
    given = {f"{GIVEN}{folder.name}": folder for folder in texts}
    wanted = kinds or (*KINDS, *((DUMP,) if million else ()), MACHINE, *given)
    results = []
    for kind in wanted:
        share = size // 2 if kind == MACHINE else size // 2 // len(KINDS)
        if kind in given:
            share = sys.maxsize
        quiet = Quiet(kind, len(world.members))
        for name, body in _documents(kind, seed, world, given.get(kind)):
            said = engine.judge(body, weigh=True)
            distinct.add(body)
            finding = said.finding
            quiet.documents += 1
            quiet.size += len(body)
            quiet.seconds += said.seconds
            quiet.most_bits = max(quiet.most_bits, said.bits)
            quiet.severities[str(finding.severity) if finding else "none"] += 1
            if finding and finding.severity > Severity.INFO:
                quiet.rules[finding.rule] += 1
                quiet.raised.append(
                    f"{name}: {finding.severity}, {finding.rule}, {finding.bits:.0f} bits"
                )
            if quiet.size >= share:
                break
        results.append(quiet)
        told(quiet)
    return results
