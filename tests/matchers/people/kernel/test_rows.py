"""Rows of a window, and what agrees in them."""

from __future__ import annotations

import pytest

from matchers.people.engine import Engine
from matchers.people.kernel import arrays
from matchers.people.kernel.rows import AGREES, MET, NAMED, RANKED, added, copied, meets, rows
from tests.matchers.people.crowd import DOMAIN
from tests.matchers.people.kernel.desks import STRANGERS, engine, i4, read

OTHERS = "\n".join(STRANGERS)


@pytest.fixture(scope="module")
def ours() -> Engine:
    return engine()


def test_a_new_row_holds_nothing() -> None:
    """Whatever stood in its place before; without room none is made and that is said."""
    found = rows(2, 0)
    for each in (found.name, found.alone, found.ids, found.mails, found.rank, found.shown):
        each[...] = 7
    assert [added(found, at, 10 * at, 10 * at + 5) for at in range(3)] == [0, 1, -1]
    assert (found.count[0], found.full[0]) == (2, 1)
    assert found.number.tolist() == [0, 1]
    assert (found.start.tolist(), found.end.tolist()) == ([0, 10], [5, 15])
    assert found.name.tolist() == found.alone.tolist() == [-1, -1]
    assert not any(each.any() for each in (found.ids, found.mails, found.rank, found.shown))


def test_a_number_is_copied_whole() -> None:
    """Into the next free place; without room that is said."""
    found, held = arrays.numbers(3), arrays.numbers(1)
    for value, each in enumerate(found[2:-1], 2):
        each[:] = value
    assert copied(found, 2, held) == 0
    assert [each[0] for each in held[2:-1]] == [each[2] for each in found[2:-1]]
    assert copied(found, 1, held) == -1
    assert (held.count[0], held.full[0]) == (1, 1)


def test_officers_meet_by_their_mark() -> None:
    stamp = i4(0, 3, 2, 3)
    everybody = i4(0, 1, 2, 3).astype("u4")
    assert meets(stamp, 3, everybody, 0, 2)
    assert not meets(stamp, 3, everybody, 2, 3)
    assert not meets(stamp, 3, everybody, 1, 1)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("PC Gwendolen Abernathy 4321", RANKED | NAMED | MET | AGREES),
        ("4321 Gwendolen Abernathy", NAMED | MET | AGREES),
        ("Abernathy, Gwendolen (C5123456)", NAMED | MET | AGREES),
        ("4555 Gwendolen Abernathy", NAMED | MET),
        ("5987 Gwendolen Abernathy", NAMED | MET),
        ("Gwendolen Abernathy", NAMED | MET),
        ("4321 Bruno Frobozz", NAMED | MET),
        ("9876 Bruno Frobozz", NAMED),
        (f"Gwendolen Abernathy dog.section@{DOMAIN}", NAMED | MET | AGREES),
        (f"Gwendolen Abernathy custody7@{DOMAIN}", NAMED | MET),
        (f"Gwendolen Abernathy custody7@{DOMAIN} 4555", NAMED | MET | AGREES),
        (f"custody7@{DOMAIN} 4555", MET | AGREES),
        (f"custody7@{DOMAIN} 4321", MET),
        (f"Gwendolen Abernathy gwendolen.abernathy@{DOMAIN}", NAMED | MET | AGREES),
        (f"Gwendolen Abernathy 4321@{DOMAIN}", NAMED | MET | AGREES),
        ("Sgt Postlethwaite 4555", RANKED | NAMED | MET | AGREES),
        ("Sgt Postlethwaite 4321", RANKED | NAMED | MET),
    ],
)
def test_two_identifiers_of_one_officer_agree(ours: Engine, line: str, shown: int) -> None:
    """And nothing else does: a number of somebody else beside a name is no agreement."""
    desk = read(ours, f"{line}\n{OTHERS}")
    assert desk.rows.count[0] == 1 + len(STRANGERS)
    assert desk.rows.shown[0] == shown
    assert not (desk.rows.shown[1:6] & (MET | AGREES)).any()
