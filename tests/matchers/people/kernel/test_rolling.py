"""Rows of a window, counted."""

from __future__ import annotations

import math
import random
from collections import Counter
from typing import NamedTuple

import numpy as np
import pytest

from matchers.people.desk import Desk
from matchers.people.engine import Engine
from matchers.people.kernel import rolling
from matchers.people.kernel.rolling import ANY, LESS, MAIL, NAME, NONE, NUMBER, RUN_PRICE
from tests.matchers.people.crowd import DOMAIN, people
from tests.matchers.people.kernel.desks import engine, officers, read

CROWD = people(60, seed=8)
LIKELY = 2.0**-30


@pytest.fixture(scope="module")
def ours() -> Engine:
    return engine(CROWD)


class Entry(NamedTuple):
    """One entry of a roll, in plain Python."""

    key: int
    chance: float
    number: int
    source: int
    officers: tuple[int, ...]


def listed(desk: Desk, counted: rolling.Counted) -> list[Entry]:
    """The entries, and whom each means."""
    index, names = desk.index, desk.names
    found = []
    for entry in range(int(counted.count[0])):
        source, at = int(counted.source[entry]), int(counted.at[entry])
        held: list[int] = []
        if source == NAME:
            held = officers(names, at)
        elif source == NUMBER:
            held = index.number_officer[
                index.number_start[at] : index.number_start[at + 1]
            ].tolist()
        elif source == MAIL:
            held = index.mail_officer[index.mail_start[at] : index.mail_start[at + 1]].tolist()
        found.append(
            Entry(
                int(counted.key[entry]),
                float(counted.chance[entry]),
                int(counted.number[entry]),
                source,
                tuple(dict.fromkeys(held)),
            )
        )
    return found


def test_how_crowded_it_is_around_a_number_is_remembered_rightly(ours: Engine) -> None:
    """Counted again it is the same, and counted anew."""
    desk = read(ours, "\n".join(f"Bruno Xyzzy, {person.numbers[0][1]}" for person in CROWD))
    first = counted_numbers(desk)
    assert any(entry.chance > 0 for entry in first)
    assert counted_numbers(desk) == first
    desk.counted.crowd.block[:] = -1
    assert counted_numbers(desk) == first


def counted_names(desk: Desk) -> list[Entry]:
    desk.counted.count[0] = 0
    rolling.count_names(desk.rows, desk.names, desk.counted)
    return listed(desk, desk.counted)


def counted_mails(desk: Desk, *, one: bool = False) -> list[Entry]:
    rolling.count_mails(desk.rows, desk.mails, desk.names, desk.local, LIKELY, one, desk.counted)
    return listed(desk, desk.counted)


def counted_numbers(desk: Desk) -> list[Entry]:
    rolling.count_numbers(
        desk.rows, desk.index, desk.numbers, desk.cells, desk.local, ANY, desk.counted
    )
    return listed(desk, desk.counted)


def mixture(dice: random.Random, count: int) -> str:
    """A list of names, numbers and addresses, ours and others', many of them more than once."""
    lines = []
    for _ in range(count):
        person = dice.choice(CROWD)
        lines.append(
            dice.choice(
                (
                    f"{person.forename} {person.surname}",
                    f"{person.surname.upper()}, {person.forename}",
                    f"Bruno {dice.choice(('Xyzzy', 'Quux', 'Plugh'))}",
                    person.emails[0],
                    f"{dice.choice('abc')}@b.example",
                    person.numbers[0][1],
                    f"C{dice.randrange(9)}000000",
                    f"{person.forename} {person.surname} {person.numbers[0][1]}",
                )
            )
        )
    return "\n".join(lines)


# ------------------------------------------------------------------- counting


def test_every_row_with_a_name_is_one_entry(ours: Engine) -> None:
    """Strangers too; equal names, in whatever case and beside whatever, have one key."""
    lines = ["Gwendolen Xyzzy", "PC GWENDOLEN XYZZY", "4321", "Bruno Quux", CROWD[0].emails[0]]
    lines += [f"{person.forename} {person.surname}" for person in CROWD[:5]]
    found = counted_names(read(ours, "\n".join(lines)))
    assert [entry.number for entry in found] == [0, 1, 3, 5, 6, 7, 8, 9]
    assert [bool(entry.officers) for entry in found] == [False] * 3 + [True] * 5
    assert [entry.source for entry in found] == [NONE] * 3 + [NAME] * 5
    assert found[0].key == found[1].key != found[2].key
    for at in range(5):
        assert at in found[3 + at].officers


def test_every_address_is_one_entry(ours: Engine) -> None:
    """At a force's domain by the name that it spells, too; what spells a number is a number."""
    person = next(each for each in CROWD if each.forename.isascii() and each.surname.isalpha())
    spelled = f"{person.forename}.{person.surname}@{DOMAIN}".lower()
    assert spelled.isascii()
    lines = [
        CROWD[0].emails[0],
        "a@b.example x@b.example",
        spelled,
        f"{CROWD[1].numbers[1][1]}@{DOMAIN}",
    ]
    desk = read(ours, "\n".join(lines))
    found = counted_mails(desk)
    assert [(entry.number, entry.source) for entry in found] == [
        (0, MAIL), (1, NONE), (1, NONE), (2, NAME),
    ]  # fmt: skip
    assert found[0].officers == (0,)
    assert found[3].chance > LIKELY == found[0].chance
    assert CROWD.index(person) in found[3].officers
    assert [entry.number for entry in counted_mails(desk, one=True)] == [0, 1, 2]
    (number,) = counted_numbers(desk)
    assert (number.number, number.source, number.officers) == (3, NUMBER, (1,))


def test_of_two_numbers_in_a_row_the_one_that_says_more(ours: Engine) -> None:
    """They were given out together: two of one person are not independent."""
    pay, collar = (CROWD[3].numbers[at][1] for at in range(2))
    lines = [f"{collar} Bruno Quux {pay}", f"{pay} Bruno Quux {collar}", f"Bruno Quux {collar}"]
    first, second, third = counted_numbers(read(ours, "\n".join(lines)))
    assert first.key == second.key != third.key
    assert first.officers == second.officers == third.officers == (3,)


def test_a_column_is_counted_alone(ours: Engine) -> None:
    """Numbers of other columns are none of its entries."""
    pay = [person.numbers[0][1] for person in CROWD[:4]]
    desk = read(ours, "\n".join(pay))
    desk.rows.column[:4] = (2, 5, 2, -1)
    rolling.count_numbers(
        desk.rows, desk.index, desk.numbers, desk.cells, desk.local, 2, desk.counted
    )
    assert [entry.number for entry in listed(desk, desk.counted)] == [0, 2]
    desk.rows.column[:4] = -1


def test_a_number_of_ours_is_never_impossible(ours: Engine) -> None:
    """Its chance is at least that of a shape as crowded as it is around it, and never 1."""
    lines = [person.numbers[0][1] for person in CROWD] + ["C9999999"]
    for entry in counted_numbers(read(ours, "\n".join(lines))):
        assert 0 < entry.chance < 1 or entry.source == NONE


# -------------------------------------------------------------------- keeping


def test_a_segment_holds_each_distinct_row_once(ours: Engine) -> None:
    """As counted in plain Python, at the first place where each stands."""
    dice = random.Random(5)
    for _ in range(20):
        desk = read(ours, mixture(dice, 80))
        for entries in (counted_names, counted_mails, counted_numbers):
            found = entries(desk)
            assert found
            assert rolling.keep(
                desk.counted, desk.index, desk.names, desk.seen[:256], desk.first, desk.kept
            )
            distinct: dict[int, Entry] = {}
            for entry in found:
                distinct.setdefault(entry.key | 1, entry)
            hits, gaps, gap, expected = [], [], 0, 0.0
            for entry in distinct.values():
                if entry.source == NONE:
                    gap += 1
                    expected += entry.chance
                else:
                    hits.append(entry)
                    gaps.append(gap)
                    gap = 0
            kept, count = desk.kept, len(hits)
            held = int(kept.start[count])
            assert kept.count.tolist() == [count, held, gap, len(found)]
            assert kept.gap[:count].tolist() == gaps
            assert kept.expected[0] == pytest.approx(expected)
            for at, hit in enumerate(hits):
                whom = kept.officer[kept.start[at] : kept.start[at + 1]].tolist()
                assert (int(kept.key[at]), float(kept.chance[at]), int(kept.number[at]), tuple(whom)) == (
                    hit.key, hit.chance, hit.number, hit.officers,
                )  # fmt: skip
                assert found[kept.taken[at]] == hit
            assert [
                entry for entry, first in zip(found, desk.first, strict=False) if first
            ] == list(distinct.values())


def test_without_room_for_the_officers_it_says_so(ours: Engine) -> None:
    desk = read(ours, "\n".join(f"{person.forename} {person.surname}" for person in CROWD))
    counted_names(desk)
    small = rolling.kept(desk.kept.key.size, 10)
    assert not rolling.keep(
        desk.counted, desk.index, desk.names, desk.seen[:256], desk.first, small
    )


# ------------------------------------------------------------------- promises


def promised(chances: list[float | None]) -> float:
    """The bits of these rows (None: no match): the whole or the best run, over all coverages."""

    def best(rows: list[float], price: float) -> float:
        runs = [
            sum(rows[first:last])
            for first in range(len(rows))
            for last in range(first + 1, len(rows) + 1)
        ]
        return max(sum(rows), max(runs, default=-math.inf) - price)

    price = RUN_PRICE + math.log2(len(chances) * (len(chances) + 1) / 2 + 1)
    found = -math.inf
    for less in LESS.tolist():
        rows = [
            math.log2(less) if p is None else math.log2((1 - less + less * p) / p) for p in chances
        ]
        found = max(found, best(rows, price))
    return found - math.log2(LESS.size)


def test_what_a_segment_promises() -> None:
    """As by trying all runs of rows; a run begins and ends with a match."""
    dice = random.Random(6)
    for _ in range(60):
        share = dice.random()
        rows = [
            dice.choice((0.9, 0.1, 1e-3, 1e-5)) if dice.random() < share else None
            for _ in range(dice.randrange(1, 24))
        ]
        if all(p is None for p in rows):
            continue
        kept = rolling.kept(32, 32)
        hits, gap = 0, 0
        for p in rows:
            if p is None:
                gap += 1
                continue
            kept.chance[hits], kept.gap[hits] = p, gap
            hits, gap = hits + 1, 0
        kept.count[:] = (hits, 0, gap, len(rows))
        assert rolling.promise(kept) == pytest.approx(promised(rows))


def test_a_list_of_ours_promises_and_one_of_others_does_not(ours: Engine) -> None:
    for lines, whether in (
        ([f"{person.forename} Xyzzy{chr(97 + i)}" for i, person in enumerate(CROWD[:20])], False),
        ([person.numbers[0][1] for person in CROWD[:20]], True),
    ):
        desk = read(ours, "\n".join(lines))
        (counted_numbers if whether else counted_names)(desk)
        rolling.keep(desk.counted, desk.index, desk.names, desk.seen[:512], desk.first, desk.kept)
        assert (rolling.promise(desk.kept) > 10) is whether


# --------------------------------------------------------------------- groups


def test_rows_without_a_match_are_counted_by_their_value() -> None:
    """Repeats, matches and empty cells are not; too many values are told."""
    dice = random.Random(7)
    room = 200
    counted = rolling.counted(room)
    counted.count[0] = room
    first = np.zeros(room, dtype=np.uint8)
    value = np.zeros(room, dtype=np.uint64)
    expected: Counter[int] = Counter()
    values = [0, *(dice.getrandbits(64) | 1 for _ in range(9))]
    for at in range(room):
        first[at], counted.source[at] = dice.randrange(2), dice.randrange(2)
        value[at] = values[dice.randrange(10)]
        if first[at] and counted.source[at] == NONE and value[at]:
            expected[int(value[at])] += 1
    slots, misses = np.zeros(32, dtype=np.uint64), np.zeros(32, dtype=np.uint32)
    assert rolling.grouped(counted, first, value, slots, misses) == len(expected)
    found = dict(zip(slots.tolist(), misses.tolist(), strict=True))
    assert found.pop(0) == 0
    assert found == expected
    small = np.zeros(8, dtype=np.uint64), np.zeros(8, dtype=np.uint32)
    assert rolling.grouped(counted, first, value, *small) == -1
