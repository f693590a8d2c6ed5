"""Rows of a table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from matchers.people.desk import Desk
from matchers.people.kernel import grid
from matchers.people.kernel.rows import AGREES, MET, NAMED, RANKED
from tests.matchers.people.crowd import DOMAIN
from tests.matchers.people.kernel.desks import desk, engine, i4, officers

WIDTH = 8


@pytest.fixture(scope="module")
def mine() -> Desk:
    return desk(engine())


def layout(
    *,
    surname: tuple[int, ...] = (),
    forename: tuple[int, ...] = (),
    initials: tuple[int, ...] = (),
    middle: tuple[int, ...] = (),
    whole: tuple[int, ...] = (),
    number: tuple[int, ...] = (),
    mail: tuple[int, ...] = (),
    least: int = 0,
) -> grid.Layout:
    """A layout of values that commas separate."""
    return grid.Layout(
        i4(*surname), i4(*forename), np.array([at in initials for at in forename], dtype=np.uint8),
        i4(*middle), i4(*whole), i4(*number), i4(*mail), np.array([ord(","), ord("\n"), 1, least]),
    )  # fmt: skip


class Row(NamedTuple):
    """A row as it was read."""

    number: int
    whom: list[int]  # by its name
    alone: list[int]  # by a surname beside a number
    ids: list[str]
    mails: list[str]
    rank: str
    shown: int


def read(
    mine: Desk, text: str, columns: grid.Layout, skip: int = 0, behind: int = 0
) -> tuple[list[Row], list[tuple[int, int]]]:
    """All rows; number and offset of what is no row."""
    left = np.zeros((2, 16), dtype=np.int32)

    def work() -> int:
        cls = mine.lay_out(text, numbered=bool(columns.whole.size))
        others = grid.read(
            cls, cls.size, skip, behind, columns, mine.index, mine.public, mine.words, mine.tokens,
            mine.numbers, mine.cells, mine.mails, i4(*[0] * WIDTH), i4(*[0] * WIDTH), mine.chosen,
            mine.rank, mine.wanted, mine.rows, left,
        )  # fmt: skip
        mine.ask()
        mine.settle(mine.cells)
        return int(others)

    others = mine.until_it_fits(work)
    rows, cells, mails = mine.rows, mine.cells, mine.mails
    found = [
        Row(
            int(rows.number[row]),
            officers(mine.names, int(rows.name[row])),
            officers(mine.names, int(rows.alone[row])),
            [text[cells.start[at] : cells.end[at]] for at in range(*rows.ids[:, row].tolist())],
            [text[mails.start[at] : mails.end[at]] for at in range(*rows.mails[:, row].tolist())],
            text[rows.rank[0, row] : rows.rank[1, row]],
            int(rows.shown[row]),
        )
        for row in range(int(rows.count[0]))
    ]
    return found, [(int(number), int(at)) for number, at in left[:, :others].T]


def test_surname_and_forename_in_columns(mine: Desk) -> None:
    """Whatever their order; a row with one of them empty names nobody."""
    text = "Gwendolen,x,Abernathy\nRosalind,x,Abernathy\n,x,Abernathy\nBruno,x,Xyzzy\n"
    found, others = read(mine, text, layout(surname=(2,), forename=(0,)))
    assert [(row.number, row.whom) for row in found] == [(0, [0]), (1, [2]), (2, []), (3, [])]
    assert [row.shown for row in found] == [NAMED | MET, NAMED | MET, NAMED, NAMED]
    assert mine.rows.name[2] == -1 != mine.rows.name[3]
    assert not others


@pytest.mark.parametrize(
    ("text", "columns", "whom"),
    [
        ("Abernathy,G,\n", layout(surname=(0,), forename=(1,), initials=(1,)), [0]),
        ("Abernathy,R,\n", layout(surname=(0,), forename=(1,), initials=(1,)), [2]),
        ("Abernathy,Xyzzy,Gwendolen\n", layout(surname=(0,), forename=(1, 2)), [0]),
        ('"Abernathy",Gwendolen,x\n', layout(surname=(0,), forename=(1,)), [0]),
        ("Hathersage,de la,Imogen\n", layout(surname=(1, 0), forename=(2,)), [3]),
        ("de la Hathersage,Imogen,x\n", layout(surname=(0,), forename=(1,)), [3]),
        ('"Abernathy, Gwendolen",x,\n', layout(whole=(0,)), [0]),
        ("x,Gwendolen Abernathy,\n", layout(whole=(1,)), [0]),
        ("x,Gwendolen Abernathy,\n", layout(whole=(0,)), []),
        ("x,,Gwendolen Abernathy\n", layout(whole=(1, 2)), [0]),
    ],
)
def test_names_in_cells(mine: Desk, text: str, columns: grid.Layout, whom: list[int]) -> None:
    """Initials, names known by, parts of a surname in several columns, the whole in one."""
    ((row,), _) = read(mine, text, columns)
    assert row.whom == whom


def test_a_number_is_a_whole_cell_of_its_column(mine: Desk) -> None:
    """And agrees with the name beside it, or not; elsewhere digits are no number."""
    columns = layout(surname=(0,), forename=(1,), number=(2, 3))
    text = (
        "Abernathy,Gwendolen,C5123456,4321,4777\nAbernathy,Gwendolen,,4777,4321\n"
        "Abernathy,Gwendolen,C 5 123 456,,\nAbernathy,Gwendolen,none,,\n"
    )
    found, _ = read(mine, text, columns)
    assert [row.ids for row in found] == [["C5123456", "4321"], ["4777"], ["C 5 123 456"], []]
    assert [bool(row.shown & AGREES) for row in found] == [True, False, True, False]
    assert mine.rows.column[: mine.cells.count[0]].tolist() == [2, 3, 3, 2]


def test_a_cell_may_hold_rank_name_and_number(mine: Desk) -> None:
    """The rank is told, the number is one of the column's."""
    text = "x,PC 4321 Gwendolen Abernathy\nx,DS Postlethwaite 4555\nx,Bruno Xyzzy\n"
    found, _ = read(mine, text, layout(whole=(1,)))
    assert [(row.whom, row.alone, row.ids, row.rank) for row in found] == [
        ([0], [], ["4321"], "PC"),
        ([], [1], ["4555"], "DS"),
        ([], [], [], ""),
    ]
    assert [row.shown for row in found] == [
        RANKED | NAMED | MET | AGREES, RANKED | NAMED | MET | AGREES, NAMED,
    ]  # fmt: skip


def test_a_rank_and_a_surname_in_one_cell(mine: Desk) -> None:
    """`Pc` may be a name, and is a rank where the number beside it is a carrier's."""
    found, _ = read(mine, "Pc Abernathy,4321\nPc Abernathy,4555\n", layout(whole=(0,), number=(1,)))
    assert [(row.whom, row.alone, row.rank) for row in found] == [([], [0], "Pc"), ([], [], "Pc")]


def test_a_surname_in_its_column_beside_a_number(mine: Desk) -> None:
    """Only those whom both mean."""
    text = "Abernathy,,4777\nAbernathy,,4555\nde la Hathersage,,C5400000\n"
    found, _ = read(mine, text, layout(surname=(0,), forename=(1,), number=(2,)))
    assert [row.alone for row in found] == [[2], [], [3]]


def test_addresses_count_in_their_column(mine: Desk) -> None:
    text = f"Abernathy,Gwendolen,dog.section@{DOMAIN},a@b.example\nXyzzy,Bruno,,a@b.example\n"
    found, _ = read(mine, text, layout(surname=(0,), forename=(1,), mail=(2,)))
    assert [row.mails for row in found] == [[f"dog.section@{DOMAIN}"], []]
    assert [bool(row.shown & AGREES) for row in found] == [True, False]


def test_headings_and_the_overlap_are_no_rows(mine: Desk) -> None:
    """But every row keeps the number that it has in the text."""
    text = "Surname,Forename\nXyzzy,Bruno\nAbernathy,Gwendolen\n\n,\nQuux,Egon\n"
    columns = layout(surname=(0,), forename=(1,))
    assert [row.number for row in read(mine, text, columns, skip=1)[0]] == [1, 2, 5]
    behind = text.index("Abernathy")
    assert [row.number for row in read(mine, text, columns, behind=behind)[0]] == [2, 5]
    assert [row.number for row in read(mine, text, columns, behind=behind - 1)[0]] == [1, 2, 5]


def test_lines_with_fewer_cells_are_no_rows_of_the_table(mine: Desk) -> None:
    """Their places are told; of those behind the overlap alone."""
    text = "a note\nAbernathy,Gwendolen,1\nanother\n\nXyzzy,Bruno,2\n"
    columns = layout(surname=(0,), forename=(1,), least=2)
    found, others = read(mine, text, columns)
    assert [row.number for row in found] == [1, 4]
    assert others == [(0, 0), (2, text.index("another"))]
    assert read(mine, text, columns, behind=text.index("Xyzzy"))[1] == []


def test_a_row_wider_than_the_layout_is_read_as_far_as_it_goes(mine: Desk) -> None:
    """And a shorter one; neither reads what is another row's."""
    text = f"Abernathy,Gwendolen{',x' * 40}\nAbernathy\nGwendolen,x\nXyzzy,Gwendolen\n"
    found, _ = read(mine, text, layout(surname=(0,), forename=(1,)))
    assert [row.whom for row in found] == [[0], [], [], []]
