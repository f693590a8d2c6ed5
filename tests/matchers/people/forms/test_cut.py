"""Records taken out of a text."""

from __future__ import annotations

import json
import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.forms import tables
from tests.matchers.people.forms.shown import rows
from watcher.api import CELL, ROW, Part

PEOPLE = [{"surname": f"Quigley{at}", "forename": "Ann", "pay_no": 4400 + at} for at in range(9)]
LINES = "\n".join(map(json.dumps, PEOPLE)) + "\n"

PIECES = st.lists(
    st.sampled_from(
        ("INSERT INTO s (surname, name) VALUES ", "('a','b')", ",", ";", "(", ")", "'", '"', "\\",
         "COPY s (surname, rank) FROM stdin;\n", "a\tb\n", "\\.\n", "CREATE TABLE s (",
         '{"surname":"A","rank":"B"}', '{"name":', "[", "]", "{", "}", ":", "[1,2],", '"x"',
         "dn: x\n", "sn: A\n", "mail:: QQ=\n", " y\n", "BEGIN:VCARD\n", "N:A;B\n", "END:VCARD\n",
         "<p>", "<surname>A</surname>", "<rank>B</rank>", "</p>", "<o surname='A' rank='B'/>",
         "Name: A\n", "Rank: B\n", "- name: A\n", "---\n", "\n", "| Name | Rank |\n", "|---|---|\n",
         "| A | B |\n", "Name  Rank\n", "A     B\n", "prose ", CELL, ROW, "\r\n", "é’İ")
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES, st.integers(0, 60), st.integers(0, 60), st.integers(0, 3))
def test_any_text_may_be_read(text: str, overlap: int, repeated: int, begun: int) -> None:
    """Whatever stands in it: tables are tables, rows have numbers, lines keep theirs."""
    part = Part(
        where="w", text=text, overlap=min(overlap, len(text)), begun=begun,
        repeated=min(repeated, len(text)), first=5,
    )  # fmt: skip
    found, rest = tables(part)
    for each in found:
        assert each.where == "w"
        if each.table:
            made = rows(each)
            assert len(made) == len(each.rows) == len(each.numbers)
            assert list(each.rows) == [
                sum(len(CELL.join(row)) + 2 for row in made[:at]) for at in range(len(made))
            ]
            assert each.overlap < len(each.text)
            assert all(number >= 5 for number in each.numbers)
            data = each.numbers[1:]
            assert list(data) == sorted(set(data))
    if not found:
        assert rest is part or rest is None or rest.text
    if rest is not None:
        assert rest.text.count("\n") <= text.count("\n")
        assert 0 <= rest.overlap <= len(rest.text)


def test_text_without_records_is_the_part_itself() -> None:
    """Nothing is copied, nothing is changed; a table is one already."""
    for part in (
        Part(where="", text="PC 4401 Ann Quigley was there.\n" * 50),
        Part(where="", text=f"Name{CELL}Rank{CELL}{ROW}", table=True),
        Part(where="", text=""),
    ):
        assert tables(part) == ([], part)


def test_what_the_window_before_has_counted_lies_in_the_overlap() -> None:
    """Rows that end within the overlap come first, and the table's overlap ends with them."""
    cut = LINES.index(json.dumps(PEOPLE[3]))
    (table,), rest = tables(
        Part(where="", text=LINES, overlap=cut, first=7, hidden=True, echo=True)
    )
    assert rest is None
    assert [row[0] for row in rows(table)] == ["surname", *(each["surname"] for each in PEOPLE)]
    assert [row.split(CELL)[0] for row in table.text[table.overlap :].split(ROW)[:-1]] == [
        each["surname"] for each in PEOPLE[3:]
    ]
    assert (table.first, table.numbers[1:]) == (7, tuple(range(7, 16)))
    assert (table.hidden, table.echo) == (True, True)
    assert tables(Part(where="", text=LINES, overlap=len(LINES)))[0] == []


def test_a_record_cut_by_a_window_is_counted_once() -> None:
    """It is left to the next window, which begins early enough to have all of it."""
    middle = len(LINES) // 2
    begin = LINES.rindex("\n", 0, middle) + 1
    (one,), _ = tables(Part(where="", text=LINES[:middle], repeated=middle - begin))
    (other,), _ = tables(
        Part(
            where="",
            text=LINES[begin:],
            overlap=middle - begin,
            first=LINES[:begin].count("\n") + 1,
        )
    )
    told = [row[0] for part in (one, other) for row in rows(part)[1:]]
    assert told == [each["surname"] for each in PEOPLE]
    assert (*one.numbers[1:], *other.numbers[1:]) == tuple(range(1, 10))


def test_several_notations_in_one_text() -> None:
    """Each is its own table; the words between them stay."""
    text = f"first\n{LINES}then\nName: Una Inskip\nRank: PC\n\nlast\n| Name | Rank |\n|--|--|\n| Bob Neil | PS |\n"
    found, rest = tables(Part(where="", text=text))
    assert sorted(len(rows(each)) for each in found) == [2, 2, 10]
    assert rest is not None
    assert rest.text.split() == ["first", "then", "last"]


def test_a_message_with_lines_of_its_own_is_a_text_beside_the_tables() -> None:
    """A whole list may be quoted in one value."""
    said = "PC Ann Quigley\nPS Bob Inskip\nPC Una Neil\nPC Zoe Abernathy"
    records = [{"author": {"name": "x"}, "email": "a@b.example", "body": said}] * 2
    found, _ = tables(Part(where="w", text="\n" + json.dumps(records)))
    assert [(each.text, each.first) for each in found if not each.table] == [(said, 2), (said, 3)]


@pytest.mark.parametrize(
    "unit",
    ["[", '{"a":', '[{"name":', '"', "insert into t values ('", "insert into t (name,rank) values (((",
     "copy t from stdin\n", "dn:\n", "BEGIN:VCARD\n", "<name>", "</name></rank>", "<![CDATA[</name>",
     '<rank y="', "Name: x\nRank: y\n\n", "name: x\n", "|", "| a\n|-\n", "Surname  Rank\n", "- ", "{name:'x',",
     '{"name":"x","rank":["'],
)  # fmt: skip
def test_effort_grows_with_the_length_alone(unit: str) -> None:
    """Four times a hostile text is about four times the steps, not sixteen times."""
    short, long = (_steps(unit * (size // len(unit))) for size in (20_000, 80_000))
    assert long <= 5 * short + 2_000


def _steps(text: str) -> int:
    """Calls of functions, C's too, that the text costs."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        tables(Part(where="", text=text))
    finally:
        sys.setprofile(before)
    return count
