"""One run: install, serve, watch, publish, stop; what was said and counted meanwhile."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.speed.installation import Installation, roster
from bench.watching.mix import PUBLISHING, Place, hosts, places
from bench.watching.service import Look, Service
from bench.watching.serving import served

PEOPLE = 40  # in each leak, and in no other
COLUMNS = ("pay_number", "rank", "forename", "surname", "vetting")
LAST = 95.0  # seconds before the end: what is published later could not be told of


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Sources; seconds of the run; how many leaks each publishing place gets, and from when on."""

    sources: int
    seconds: float
    leaks: int
    settled: float


SHORT = Length(sources=120, seconds=120.0, leaks=2, settled=20.0)
LONG = Length(sources=500, seconds=600.0, leaks=4, settled=75.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    What came of it. `said`: the service's log. `asked` (time, host, path),
    `published` (key → time), `told` (time, body) and `lag`: the places' account.
    `published_in`: key → source. `began` and `ended`: seconds since 1970, the
    latter when it was told to stop.
    """

    places: Sequence[Place]
    began: float
    ended: float
    stopped: float
    said: Sequence[dict[str, Any]] = field(repr=False)
    looks: Sequence[Look] = field(repr=False)
    scrapes: Sequence[float] = field(repr=False)
    asked: Sequence[tuple[float, str, str]] = field(repr=False)
    published: dict[str, float] = field(repr=False)
    told: Sequence[tuple[float, dict[str, Any]]] = field(repr=False)
    lag: float
    load: float


def watch(place: Installation, length: Length, say: Callable[[str], None]) -> Run:
    """Run the service beside the places for so long."""
    found = places(length.sources)
    account = place.folder / "account.json"
    with served(hosts(found), account) as (port, publish):
        service = Service(folder=place.folder)
        service.configure(found, port)
        say(f"{len(found)} sources at {len(hosts(found)) - 1} hosts")
        with service:
            began = time.time()
            for at, line in leaks(place, found, length):
                time.sleep(max(0.0, began + at - time.time()))
                publish(line)
            time.sleep(max(0.0, began + length.seconds - time.time()))
            load = float(Path("/proc/loadavg").read_text(encoding="ascii").split()[1])
    counted = json.loads(account.read_text())
    return Run(
        places=found,
        began=began,
        ended=service.ended,
        stopped=service.stopped,
        said=list(service.said()),
        looks=service.looks,
        scrapes=service.scrapes,
        asked=[tuple(each) for each in counted["asked"]],
        published=counted["published"],
        told=[tuple(each) for each in counted["told"]],
        lag=counted["lag"],
        load=load,
    )


def leaks(
    place: Installation, found: Sequence[Place], length: Length
) -> Iterator[tuple[float, str]]:
    """What is published and when, in order: at any moment between those two."""
    dice = random.Random(3)
    sources = [each.name for each in found if each.behaviour == PUBLISHING] * length.leaks
    plan = [(dice.uniform(length.settled, length.seconds - LAST), each) for each in sources]
    for number, (moment, source) in enumerate(sorted(plan)):
        people = place.members[number * PEOPLE : (number + 1) * PEOPLE]
        body = roster(people, COLUMNS)
        yield moment, json.dumps({"source": source, "key": f"leak{number}", "body": body})
