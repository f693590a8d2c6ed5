"""The engine under test, as the service runs it: bytes → reader → matchers → finding, in this process."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.detection.containers import SUPPLIER
from bench.detection.roster import DOMAIN, Member, officers, persons
from matchers.people import People
from matchers.suppliers import Suppliers
from watcher.api import Recogniser, Watch
from watcher.assess import assess
from watcher.assess.case import Case
from watcher.config import settings
from watcher.model import Finding, Officer, Part, Tally, Unread
from watcher.read.budget import Bounds, Budget
from watcher.read.dispatch import document
from watcher.read.stream import Stream

KEY = bytes(range(32))
LIMITS = settings.Read()
MATCHING = settings.Matching()


def read(body: bytes) -> Iterator[Part | Unread]:
    """What a reading worker makes of these bytes."""
    bounds = Bounds(
        memory=LIMITS.memory,
        depth=LIMITS.depth,
        members=LIMITS.members,
        ratio=LIMITS.ratio,
        max_bytes=LIMITS.max_bytes,
    )
    return document(Stream(io.BytesIO(body).read), "", Budget(bounds))


@dataclass(frozen=True, slots=True)
class Said:
    """
    What was said of one document.

    `bits` is the score of its weightiest list, whether or not anything came of it.
    """

    finding: Finding | None
    bits: float
    seconds: float


class Engine:
    """One enrolled roster."""

    def __init__(self, members: Sequence[Member]) -> None:
        watch = Watch(domains=(DOMAIN,), suppliers=(SUPPLIER,))
        people, suppliers = People(watch), Suppliers(watch)
        began = time.perf_counter()
        enrolled = persons(members)
        self._recognisers: tuple[Recogniser, ...] = (
            people.load(people.enrol(enrolled, KEY), KEY),
            suppliers.load(suppliers.enrol(enrolled, KEY), KEY),
        )
        self.enrolled = time.perf_counter() - began
        self._officers: tuple[Officer, ...] = tuple(officers(members))

    def judge(self, body: bytes, *, leak_listing: bool = False, weigh: bool = False) -> Said:
        """The finding of a document; with `weigh`, the score of its lists as well."""
        tallies: list[Tally] = []
        unread: list[Unread] = []
        spent = 0.0
        for item in read(body):
            if isinstance(item, Unread):
                unread.append(item)
                continue
            began = time.perf_counter()
            tallies.extend(each.match(item) for each in self._recognisers)
            spent += time.perf_counter() - began
        began = time.perf_counter()
        total = Tally.total(tallies)
        finding = assess(
            total,
            officers=self._officers,
            settings=MATCHING,
            unread=unread,
            leak_listing=leak_listing,
        )
        spent += time.perf_counter() - began
        bits = float("-inf")
        if weigh:
            lists = Case.of(total, self._officers).lists
            bits = max((each.bits for each in lists), default=bits)
        return Said(finding, bits, spent)
