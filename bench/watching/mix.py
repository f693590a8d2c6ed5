"""The mix of places: which there are, how each behaves, and the tables by which they are watched."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

INTERVALS = (60, 60, 60, 120, 300)  # seconds, one source after another
TOGETHER = 5  # sources of one host
PER_HOST = 1.0  # seconds between two requests to it, as a new installation has it
TARGET = "127.9.0.1"
INWARDS = "127.9.9.9"  # never allowed
HEALTHY, SLOW, FAILING, HOSTILE = "healthy", "slow", "failing", "hostile"
PUBLISHING = "publishing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How a kind of place behaves (`answers`), by what it is read, and how many of 500 there are."""

    name: str
    group: str
    kind: str
    many: int


BEHAVIOURS = (
    Behaviour(name=PUBLISHING, group=HEALTHY, kind="listing", many=20),
    Behaviour(name="archive", group=HEALTHY, kind="listing", many=105),
    Behaviour(name="feed", group=HEALTHY, kind="feed", many=65),
    Behaviour(name="api", group=HEALTHY, kind="json", many=65),
    Behaviour(name="page", group=HEALTHY, kind="page", many=45),
    Behaviour(name="drips", group=SLOW, kind="listing", many=30),
    Behaviour(name="waits", group=SLOW, kind="listing", many=30),
    Behaviour(name="missing", group=FAILING, kind="listing", many=12),
    Behaviour(name="gone", group=FAILING, kind="listing", many=8),
    Behaviour(name="busy", group=FAILING, kind="listing", many=12),
    Behaviour(name="broken", group=FAILING, kind="listing", many=14),
    Behaviour(name="down", group=FAILING, kind="listing", many=8),
    Behaviour(name="resets", group=FAILING, kind="listing", many=12),
    Behaviour(name="stalls", group=FAILING, kind="listing", many=12),
    Behaviour(name="short", group=FAILING, kind="listing", many=12),
    Behaviour(name="half", group=FAILING, kind="listing", many=10),
    Behaviour(name="endless", group=HOSTILE, kind="listing", many=4),
    Behaviour(name="floods", group=HOSTILE, kind="listing", many=6),
    Behaviour(name="bombs", group=HOSTILE, kind="listing", many=6),
    Behaviour(name="loops", group=HOSTILE, kind="listing", many=8),
    Behaviour(name="inwards", group=HOSTILE, kind="listing", many=6),
    Behaviour(name="headers", group=HOSTILE, kind="listing", many=5),
    Behaviour(name="huge", group=HOSTILE, kind="listing", many=5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One source: its host, how the place behaves, and how often it is visited, in seconds."""

    name: str
    host: str
    behaviour: str
    group: str
    kind: str
    every: int


def places(count: int) -> list[Place]:
    """So many sources in the mix; each behaviour there at least once, `PUBLISHING` always whole."""
    found: list[Place] = []
    addresses = (f"127.1.{at // 250}.{at % 250 + 1}" for at in itertools.count())
    for each in BEHAVIOURS:
        many = each.many if each.name == PUBLISHING else max(1, round(each.many * count / 500))
        host = ""
        for at in range(many):
            if at % TOGETHER == 0:
                host = next(addresses)
            found.append(
                Place(
                    name=f"{each.name}-{at:03}",
                    host=host,
                    behaviour=each.name,
                    group=each.group,
                    kind=each.kind,
                    every=60 if each.name == PUBLISHING else INTERVALS[at % len(INTERVALS)],
                )
            )
    return found


def hosts(found: Iterable[Place]) -> list[str]:
    """Each once, the target's last."""
    return [*dict.fromkeys(each.host for each in found), TARGET]


def tables(found: Sequence[Place], port: int) -> Iterator[str]:
    """The `[sources.*]` by which they are watched."""
    for each in found:
        root = f"http://{each.host}:{port}/{each.name}"
        yield (
            f'[sources.{each.name}]\nkind = "{each.kind}"\nevery = "{each.every}s"\n'
            f'url = "{root}/list"\n{_KEYS[each.kind]}'
        )


_KEYS = {
    "listing": 'item = "a.doc"\nkey = "/([^/]+)$"\nexpect = ["Recent"]\n',
    "feed": "content = false\nlinks = true\n",
    "json": 'items = "posts"\nkey = "id"\nlink = "url"\n',
    "page": 'expect = ["Recent"]\n',
}
