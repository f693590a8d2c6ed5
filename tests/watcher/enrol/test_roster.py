"""A roster comes as CSV or workbook, from a file or a stream, and means the same people."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.enrol.roster import read_roster
from watcher.errors import ConfigError
from watcher.model import Person

LINES = [
    [
        "Ref",
        "Surname",
        "First name(s)",
        "Pay Ref",
        "Collar No",
        "E-mail",
        "Vetting lvl",
        "Notes on file",
    ],
    ["p-01", "Marlow", "Jane", "100200", "4417;4418", "j.marlow@example.police.uk", "MV", "x"],
    ["p-02", "Ó Briain", "Seán", "100201", "", "", "", ""],
]
PEOPLE = (
    Person(
        ref="p-01",
        surname="Marlow",
        forename="Jane",
        numbers=(("pay_number", "100200"), ("collar_number", "4417"), ("collar_number", "4418")),
        emails=("j.marlow@example.police.uk",),
        vetting="MV",
    ),
    Person(ref="p-02", surname="Ó Briain", forename="Seán", numbers=(("pay_number", "100201"),)),
)


def rendered(lines: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue()


def workbook(path: Path, lines: list[list[str]], *, before: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if before:
        sheet.title = "Read me"
        sheet.append(["This workbook holds the establishment as it was in March"])
        sheet = book.create_sheet("Staff")
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
async def test_a_csv_file(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Whatever charset and delimiter, the same people, and every column accounted for."""
    path = tmp_path / "roster.csv"
    path.write_bytes(rendered(LINES, delimiter).encode(encoding))
    roster = await read_roster(path)
    assert roster.people == PEOPLE
    assert roster.has_refs
    assert roster.columns == (
        ("Ref", "ref"),
        ("Surname", "surname"),
        ("First name(s)", "forename"),
        ("Pay Ref", "pay_number"),
        ("Collar No", "collar_number"),
        ("E-mail", "email"),
        ("Vetting lvl", "vetting"),
        ("Notes on file", "ignored"),
    )
    assert roster.unknown == (("Notes on file", ""),)


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéü'-", min_size=1, max_size=8).map(
    lambda text: f"x{text}".title()
)
ROWS = st.builds(
    lambda surname, forename, pay, email, unit: Person(
        ref="",
        surname=surname,
        forename=forename,
        numbers=tuple(("pay_number", str(number)) for number in dict.fromkeys(pay)),
        emails=tuple(dict.fromkeys(email)),
        unit=unit,
    ),
    WORDS,
    st.just("") | WORDS,
    st.lists(st.integers(100, 10**7), max_size=3),
    st.lists(st.sampled_from(["a@x.uk", "b.c@y.police.uk"]), max_size=2),
    st.sampled_from(["", "Traffic; north", 'The "Yard"', "Ward, two", "line\tone", "a|b"]),
)


@settings(max_examples=60)
@given(
    st.lists(ROWS, min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    st.permutations(["ref", "surname", "forename", "pay_number", "email", "unit"]),
)
def test_any_people_read_back(
    people: list[Person], delimiter: str, encoding: str, order: list[str]
) -> None:
    """Written to any kind of CSV, columns in any order, they are the same people."""
    lines = [order]
    for number, person in enumerate(people):
        cells = {
            "ref": f"#{number}#",
            "surname": person.surname,
            "forename": person.forename,
            "pay_number": " / ".join(value for _, value in person.numbers),
            "email": "; ".join(person.emails),
            "unit": person.unit,
        }
        lines.append([cells[name] for name in order])
    stream = io.BytesIO(rendered(lines, delimiter).encode(encoding))
    roster = asyncio.run(read_roster(stream))
    told = [(p.surname, p.forename, p.numbers, p.emails, p.unit) for p in roster.people]
    assert told == [
        (p.surname, p.forename, p.numbers, p.emails, " ".join(p.unit.split())) for p in people
    ]


async def test_a_workbook(tmp_path: Path) -> None:
    """The first sheet that has headings, whatever stands before it."""
    roster = await read_roster(workbook(tmp_path / "roster.xlsx", LINES, before=True))
    assert roster.people == PEOPLE


async def test_a_workbook_on_standard_input(tmp_path: Path) -> None:
    """It is known by its first bytes."""
    data = workbook(tmp_path / "roster.xlsx", LINES).read_bytes()
    roster = await read_roster(io.BytesIO(data))
    assert roster.people == PEOPLE
    assert roster.name == "standard input"


async def test_a_bad_row_of_a_workbook_is_told_by_its_number(tmp_path: Path) -> None:
    """The row as the spreadsheet numbers it."""
    lines = [*LINES, ["p-03", "", "Ann", "", "", "", "", ""]]
    with pytest.raises(ConfigError, match=r"roster\.xlsx:4: neither a surname nor a number"):
        await read_roster(workbook(tmp_path / "roster.xlsx", lines))


async def test_a_broken_workbook_says_what_would_do(tmp_path: Path) -> None:
    """Cut short or locked, it is refused with the mend, and never taken for an empty one."""
    data = workbook(tmp_path / "whole.xlsx", LINES).read_bytes()
    path = tmp_path / "roster.xlsx"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ConfigError, match=r"roster\.xlsx: .*CSV"):
        await read_roster(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the roster is empty"),
        ("Roe,Jane,1234\nPoe,Ann,1235\n", "no usable column: no headings were recognised.*--map"),
        (
            "Rank,Unit\nPC,Traffic\n",
            "no usable column: a roster needs a surname, a name or a number",
        ),
        ("Surname,Rank\n", "nobody below them"),
        ('Surname,Rank\nRoe,"PC\n', r"roster\.csv:2: broken row"),
        (
            "Surname,Rank\nRoe,PC,x\n",
            r"roster\.csv:2: broken row: 3 cells where the headings have 2",
        ),
        ("Ref,Surname\na,Roe\na,Poe\n", r"roster\.csv:3: this ref stands on line 2 too"),
    ],
)
async def test_a_roster_that_is_none(tmp_path: Path, text: str, message: str) -> None:
    """Named by file, line and mend; the content is not quoted."""
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(ConfigError, match=message) as told:
        await read_roster(path)
    assert told.value.exit_code == 2
    assert "Roe" not in str(told.value).replace(str(tmp_path), "")


async def test_no_such_file(tmp_path: Path) -> None:
    """The path and what the system says of it."""
    with pytest.raises(
        ConfigError, match=r"nowhere\.csv: the roster cannot be read \(No such file"
    ):
        await read_roster(tmp_path / "nowhere.csv")


async def test_a_headless_list_can_be_mapped_only_by_heading() -> None:
    """What the operator names is found even where we recognise nothing."""
    stream = io.BytesIO(b"Nachname;Kennung\nRoe;k1\n")
    roster = await read_roster(stream, mapped={"Nachname": "surname", "Kennung": "ref"})
    assert [(person.ref, person.surname) for person in roster.people] == [("k1", "Roe")]


async def test_a_roster_shows_nobody() -> None:
    """Its repr holds counts and headings at most."""
    roster = await read_roster(io.BytesIO(b"Surname,Pay No\nMarkedname,987654\n"))
    assert "Markedname" not in repr(roster)
    assert "987654" not in repr(roster.people[0])
