"""
Names as a force bears them: few names carry many people, many names carry one.

The k-th surname of a community has the weight of a Zipf–Mandelbrot law
(Mandelbrot, 1953), 1 / (k + q); the English have besides a long tail of names
made from places. The constants were set so that a roster of 47,000 has about
11,000 surnames, 3,000 forenames and 43,500 full names, as the demographic
tables cited in the facts have it; a draw is the same for the same seed.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from watcher.demo.roster import names as demo_names

SURNAME_OFFSET, FORENAME_OFFSET = 25.0, 20.0
SURNAME_POWER, FORENAME_POWER = 0.9, 1.1
TAIL = 0.4  # of the English bear a name made from a place
TAIL_OFFSET = 900.0
MIXED = 0.06  # bear a surname of another community
HYPHENATED = 0.03
SOUTH_ASIAN_LEAD = 0.18  # of South Asian men's names begin with Mohammed
LEADS = ("Mohammed", "Muhammad", "Mohammad", "Mohamed")

Rng = np.random.Generator


class Name(NamedTuple):
    """Of one person; `community` is its key in `names.toml`."""

    forename: str
    surname: str
    community: str


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together, with the weight of each."""

    key: str
    forenames: tuple[str, ...] = field(repr=False)
    surnames: tuple[str, ...] = field(repr=False)
    forename_weight: npt.NDArray[np.float64] = field(repr=False)
    surname_weight: npt.NDArray[np.float64] = field(repr=False)

    def draw(self, rng: Rng, count: int) -> tuple[list[str], list[str]]:
        """So many forenames and surnames, independently."""
        first = rng.choice(len(self.forenames), count, p=self.forename_weight)
        last = rng.choice(len(self.surnames), count, p=self.surname_weight)
        return [self.forenames[at] for at in first], [self.surnames[at] for at in last]


def community(
    key: str, forenames: tuple[str, ...], surnames: tuple[str, ...], tail: tuple[str, ...] = ()
) -> Community:
    head = _weights(len(surnames), SURNAME_OFFSET, SURNAME_POWER) * (1 - TAIL if tail else 1.0)
    last = np.concatenate((head, TAIL * _weights(len(tail), TAIL_OFFSET, 1.0))) if tail else head
    first = _weights(len(forenames), FORENAME_OFFSET, FORENAME_POWER)
    return Community(key, forenames, surnames + tail, first, last)


def _weights(count: int, offset: float, power: float) -> npt.NDArray[np.float64]:
    weight = 1.0 / (np.arange(1, count + 1) + offset) ** power
    return np.asarray(weight / weight.sum(), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Population:
    """Communities and their shares: a force, a village, a ward, a country."""

    communities: tuple[Community, ...]
    shares: tuple[float, ...]

    def draw(self, rng: Rng, count: int) -> list[Name]:
        """So many people, in no order."""
        share = np.array(self.shares) / sum(self.shares)
        own = rng.choice(len(self.communities), count, p=share)
        other = np.where(rng.random(count) < MIXED, rng.choice(len(share), count, p=share), own)
        first, last = [""] * count, [""] * count
        for at, each in enumerate(self.communities):
            for mine, place, column in ((own, 0, first), (other, 1, last)):
                rows = np.flatnonzero(mine == at).tolist()
                for row, value in zip(rows, each.draw(rng, len(rows))[place], strict=True):
                    column[row] = value
        for row in np.flatnonzero(rng.random(count) < HYPHENATED).tolist():
            second = self.communities[0].draw(rng, 1)[1][0]
            if "-" not in last[row] and " " not in last[row] and second != last[row]:
                last[row] = f"{last[row]}-{second}"
        lead = rng.random(count)
        found = []
        for row in range(count):
            key = self.communities[own[row]].key
            name = first[row]
            if key == "south_asian" and lead[row] < SOUTH_ASIAN_LEAD and name not in LEADS:
                name = f"{LEADS[int(lead[row] * 1e6) % len(LEADS)]} {name}"
            found.append(Name(name, last[row], key))
        return found


@functools.cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    text = (Path(__file__).parent / "names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in text.split(","))


def _places() -> tuple[str, ...]:
    """Surnames from places, put together; in an order that mixes them."""
    known = demo_names()
    made = dict.fromkeys(
        head + middle + end
        for end in known.ends
        for middle in known.middles
        for head in known.heads
    )
    real = {
        *chain.from_iterable(_listed(each["surnames"]) for each in _table()["community"].values())
    }
    found = sorted(set(made) - real)
    return tuple(found[at] for at in np.random.default_rng(7).permutation(len(found)))


@functools.cache
def one(key: str) -> Community:
    """The community of this key, at home or abroad. Raises KeyError."""
    tables = _table()
    table = tables["community"].get(key) or tables["abroad"][key]
    tail = _places() if key == "english" else ()
    return community(key, _listed(table["forenames"]), _listed(table["surnames"]), tail)


@functools.cache
def force() -> Population:
    """The population that officers are drawn from."""
    table = _table()["community"]
    return Population(
        tuple(one(key) for key in table), tuple(float(each["share"]) for each in table.values())
    )


def only(*keys: str) -> Population:
    """A population of these communities alone, in equal shares."""
    return Population(tuple(one(key) for key in keys), (1.0,) * len(keys))
