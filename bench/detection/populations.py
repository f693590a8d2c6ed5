"""Populations that innocent lists are drawn from: the roster's own, and others of which a single global rate would be wrong."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from bench.detection.names import Name, Population, force, one, only


def rng(dice: random.Random) -> np.random.Generator:
    return np.random.default_rng(dice.getrandbits(60))


def _village(dice: random.Random, count: int) -> list[Name]:
    """Few families: fifteen surnames of a Welsh valley."""
    welsh = one("welsh")
    last = dice.sample(welsh.surnames, 15)
    return [Name(f, dice.choice(last), "welsh") for f in welsh.draw(rng(dice), count)[0]]


def _one_name(dice: random.Random, count: int) -> list[Name]:
    surname = dice.choice((one("english"), one("welsh"), one("irish"))).surnames[dice.randrange(30)]
    return [each._replace(surname=surname) for each in force().draw(rng(dice), count)]


def _cohort(dice: random.Random, count: int) -> list[Name]:
    """Forenames of one decade: twelve of them carry everybody."""
    first = dice.sample(one("english").forenames[:60], 12)
    return [each._replace(forename=dice.choice(first)) for each in force().draw(rng(dice), count)]


def _of(population: Population) -> Callable[[random.Random, int], list[Name]]:
    return lambda dice, count: population.draw(rng(dice), count)


PEOPLE: dict[str, Callable[[random.Random, int], list[Name]]] = {
    "the roster's own distribution": _of(force()),
    "English": _of(only("english")),
    "a Welsh village": _village,
    "Wales": _of(only("welsh")),
    "a South Asian ward": _of(only("south_asian")),
    "Irish": _of(only("irish")),
    "Irish in Irish": _of(only("gaelic")),
    "Scottish": _of(only("scottish")),
    "Polish parish": _of(only("polish")),
    "African congregation": _of(only("african")),
    "one-name study": _one_name,
    "one cohort": _cohort,
    "French": _of(only("french")),
    "Dutch": _of(only("dutch")),
    "German": _of(only("german")),
}


def some(dice: random.Random, least: int, most: int) -> list[Name]:
    """People drawn like the roster, or of one community."""
    draw = PEOPLE[dice.choice(tuple(PEOPLE))] if dice.random() < 0.4 else _of(force())
    return draw(dice, dice.randrange(least, most))


CITIES = ("Lille", "Gent", "Breda", "Aachen", "Liège", "Antwerpen", "Trier", "Metz")


def dump(dice: random.Random, rows: int = 1_000_000) -> str:
    """Customers of a neighbouring country: other forenames, other surnames, a few alike."""
    found = only("french", "dutch", "german").draw(rng(dice), rows)
    lines = (
        f"{at},{n.forename},{n.surname},{dice.choice(CITIES)}" for at, n in enumerate(found, 1)
    )
    return "id,prenom,nom,ville\n" + "\n".join(lines)
