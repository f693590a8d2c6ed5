"""Rates of chance, against a brute-force leave-one-out computation in plain text."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matchers.people import chance
from matchers.people.chance import Rule
from matchers.people.enrolling import enrol
from matchers.people.names import Names, names
from matchers.people.siphash import halves
from watcher.api import Person

KEY = halves(bytes(range(16)))
FORENAMES = ("Anna", "Annah", "Ben", "Bob", "Robert", "Carla", "Karla", "Dora", "J")
SURNAMES = ("Alder", "Elder", "Birch", "Burch", "Cedar", "McElm", "MacElm", "Fir", "Oak-Ash", "Oak")


def roster(seed: int, count: int) -> list[Person]:
    dice = random.Random(seed)
    return [
        Person(
            ref=str(i),
            forename=dice.choice(FORENAMES),
            surname=dice.choice(SURNAMES),
            previous_surname=dice.choice(("", "", "", *SURNAMES)),
            # one person in eight is enrolled twice
            numbers=(("pay_number", str(1000 + (i if dice.random() < 0.88 else i // 2))),),
        )
        for i in range(count)
    ]


def people_of(rows: Sequence[Person]) -> list[tuple[Names, set[tuple[bytes, bytes]]]]:
    """Distinct people: the first row's names, and the pairs of all rows."""
    found: dict[str, tuple[Names, set[tuple[bytes, bytes]]]] = {}
    for row in rows:
        named = names(row)
        found.setdefault(row.numbers[0][1], (named, set()))[1].update(named.pairs)
    return list(found.values())


def edited(one: bytes, other: bytes) -> bool:
    return len(other) >= 4 and len(one) >= 3 and OSA.distance(one, other) == 1


def others(rows: Sequence[Person], rule: Rule) -> list[int]:
    """For each person, how many other people his or her own printed name would match."""
    people = people_of(rows)
    counts = []
    for me, (named, _) in enumerate(people):
        first = named.initial if rule is Rule.INITIAL else named.first
        if rule is not Rule.INITIAL and len(first) < 2:
            continue
        counts.append(
            sum(
                any(
                    (f, s) == (first, named.surname)
                    if rule is not Rule.ONE_EDIT
                    else (f == first and edited(named.surname, s))
                    or (s == named.surname and edited(first, f))
                    for f, s in pairs
                )
                for you, (_, pairs) in enumerate(people)
                if you != me
            )
        )
    return counts


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 45))
def test_the_rates_are_those_of_leaving_each_person_out(seed: int, count: int) -> None:
    """Share of people who match another, and mean number matched, by rule; the person is left out."""
    rows = roster(seed, count)
    tables = enrol(rows, KEY, ())
    assert tables["report_distinct_people"][0] == len(people_of(rows))
    for rule, title in (
        (Rule.FULL, "full"), (Rule.INITIAL, "initial"), (Rule.ONE_EDIT, "one_edit"),
    ):  # fmt: skip
        counts = others(rows, rule)
        share = np.mean([each > 0 for each in counts]) if counts else 0.0
        assert tables[f"report_chance_{title}"][0] == pytest.approx(share), title
        prior = {Rule.FULL: 1.0, Rule.INITIAL: 10.0, Rule.ONE_EDIT: 3.0}[rule]
        mean = (sum(counts) + prior) / (len(people_of(rows)) + 100)
        assert tables["mean_others"][rule] == pytest.approx(mean), title


def test_strata_are_half_octaves() -> None:
    assert chance.stratum(np.array([0, 1, 2, 3, 4, 5, 6, 8, 1 << 30])).tolist() == [
        0, 0, 2, 3, 4, 4, 5, 6, chance.STRATA - 1,
    ]  # fmt: skip


def test_enrolling_somebody_twice_changes_no_rate() -> None:
    rows = [
        Person(ref=str(i), forename=FORENAMES[i], surname=SURNAMES[i], emails=(f"x{i}@y.example",))
        for i in range(8)
    ]
    once, twice = enrol(rows, KEY, ()), enrol([*rows, *rows], KEY, ())
    for table in ("mean_others", "loo_stratum", "loo_surname", "fore_people", "sur_people"):
        np.testing.assert_array_equal(once[table], twice[table])
