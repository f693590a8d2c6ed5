from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, parts, rows, sample, stream, walked
from watcher.model import Part
from watcher.read.budget import Budget
from watcher.read.delimited import read, table

WORD = st.text(st.sampled_from('ab "é\n,;.'), max_size=8)


def all_rows(body: bytes) -> list[list[str]]:
    return [row for part in read(stream(body), Budget(BOUNDS)) for row in rows(part)]


@settings(max_examples=60)
@given(body=st.lists(st.tuples(WORD, WORD, WORD), max_size=30))
def test_what_the_csv_module_writes_is_read_back(body: list[tuple[str, str, str]]) -> None:
    """Quoted delimiters, quotes and line ends in cells come back; the headings tell the table."""
    held = io.StringIO()
    csv.writer(held).writerows([("ref", "surname", "number")] * 20 + body)
    found = all_rows(held.getvalue().encode())
    assert found[20:] == [list(row) for row in body]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("surname,number\nAdebayo,123\n", ","),
        ("surname;number\r\nAdebayo;123\r\n", ";"),
        ("surname\tnumber\rAdebayo\t123\r", "\t"),
        ("surname|number\nAdebayo|123", "|"),
        ("Force return 2023\n\nref,name,rank\n1,A,PC\n2,B,PC\n3,C,PS\n4,D,PC\n5,E,PC\n", ","),
        ("name, rank\nAdebayo, PC\nQuill, Sergeant\n", ","),
    ],
)
def test_shapes_of_tables(text: str, delimiter: str) -> None:
    """Any delimiter, any line end; a title above does not hide a table."""
    found = table(text, complete=True)
    assert found is not None
    assert found[0] == delimiter
    assert ["Adebayo", "123"] in all_rows(text.encode()) or "Adebayo,123" not in text


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir, I write to you today.\nYours, a friend of the force.\n",
        "He came, he saw, and he went home again.\nShe stayed, she said, and she read on there.\n",
        "INSERT INTO staff VALUES (1,'Quill','Ann');\nINSERT INTO staff VALUES (2,'Abe','Bo');\n",
        "INSERT INTO staff VALUES\n(1,'Quill','Ann'),\n(2,'Abe','Bo'),\n(3,'Cy','Di');\n",
        "a = 1;\nb = 2;\nc = 3;\n",
        '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n',
        "one line, only",
        "no delimiter\nat all\n",
    ],
)
def test_prose_and_code_stay_text(text: str) -> None:
    """Commas do not make a table."""
    assert table(text, complete=True) is None


def test_members_of_json_stay_text() -> None:
    """Also where a text is cut in the middle of one, and wherever its lines end."""
    lines = [
        f'  "{name}": {value}' for name in ("shape", "type", "max") for value in (1, '"of, to"')
    ]
    assert table(",\n".join(lines * 20), complete=True) is None
    assert table(",\r\n".join(lines[3:] * 2), complete=False) is None


def test_a_stray_quote_takes_no_other_line_with_it() -> None:
    """A quote that is never closed leaves the rows after it whole."""
    body = "a,b,c\n" + "1,2,3\n" * 30 + '4,5" pipe,6\n' + "7,8,9\n" * 200
    found = all_rows(body.encode())
    assert found[31] == ["4", '5" pipe', "6"]
    assert found[32:] == [["7", "8", "9"]] * 200
    body = "a,b,c\n" + "1,2,3\n" * 30 + '"4,5,6\n7,8,9\n1,"2,3\n' + "4,5,6\n" * 20
    assert ["7", "8", "9"] in all_rows(body.encode())


def test_ragged_rows_go_in_as_they_are() -> None:
    """Nothing of a table is lost because a row is short or long."""
    found = all_rows(b"a,b\n1,2\n3\n4,5,6\n\n7,8\n" + b"9,0\n" * 20)
    assert found[2:6] == [["3"], ["4", "5", "6"], [""], ["7", "8"]]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_any_charset(charset: str) -> None:
    """The bytes' charset makes no difference to the cells."""
    body = ("surname,forename\n" + "Müller,Siân\n" * 3).encode(charset)
    (part,) = walked(body)
    assert isinstance(part, Part)
    assert rows(part)[1] == ["Müller", "Siân"]


@pytest.mark.parametrize("quoted", [False, True])
def test_a_long_table_comes_in_windows_with_its_headings(*, quoted: bool) -> None:
    """Windows know their header and the number of their first row."""
    cell = '"Adebayo, A"' if quoted else "Adebayo"
    lines = ["ref,surname", *(f"{number},{cell}" for number in range(2, 150_001))]
    found = [part for part in walked("\n".join(lines).encode()) if isinstance(part, Part)]
    assert len(found) > 1
    for part in found[1:]:
        assert part.header == ("ref", "surname")
        assert rows(part)[0][0] == str(part.first)
    assert sum(len(part.rows) for part in found) == 150_000


def test_a_line_without_end_is_not_held_whole() -> None:
    """A gigantic line becomes rows; no character of it is lost."""
    body = b"a,b\n" * 20_000 + b"word,x " * 2_000_000
    found = [part for part in walked(body) if isinstance(part, Part)]
    assert sum(part.text.count("word") for part in found) == 2_000_000
    assert max(len(part.text) for part in found) < 3 << 20


def test_recorded_lists_of_police_bodies() -> None:
    """The recorded CSV are tables, unbalanced quotes and all."""
    found = parts(walked(sample("wdtk/police-disclosure-logs-2023-10-22.csv")))[""]
    assert found.table
    assert len(found.rows) == 61
    assert (
        sum("/foi-ai/af/accessing-information/published-items" in r[-1] for r in rows(found)) > 30
    )
    found = parts(walked(sample("wdtk/wdtk-police.csv")))[""]
    assert (found.table, len(found.rows)) == (True, 250)
