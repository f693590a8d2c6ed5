"""Any table of text reads back, in every charset and with every delimiter that offices use."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.enrol.tabular import decoded, rows, table
from watcher.errors import ConfigError
from watcher.read.delimited import DELIMITERS
from watcher.vocabulary import headings

CELLS = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc"]) | st.sampled_from('",;|\t\n'),
    max_size=8,
)
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "cp1252",
)


def rendered(lines: list[list[str]], delimiter: str, newline: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(lines)
    return out.getvalue()


@settings(max_examples=80)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4),
    st.sampled_from(DELIMITERS),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_reads_back(
    body: list[list[str]], delimiter: str, encoding: str, newline: str
) -> None:
    """The same cells, found without being told charset or delimiter."""
    lines = [["Surname", "Rank", "Notes é"], *body]
    text = rendered(lines, delimiter, newline)
    if encoding == "cp1252" and _is_utf8(text.encode(encoding)):
        return  # bytes that are both are UTF-8
    found = table(text.encode(encoding), "r.csv", lambda row: len(headings(row)))
    assert [list(row.cells) for row in found] == lines
    assert found[0].line == 1


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_lines_are_those_of_the_file() -> None:
    """A cell with a line break, or an empty line, moves the numbers of what follows."""
    text = 'surname,unit\nA,"x\ny"\n\nB,z\n'
    assert [row.line for row in rows(text, ",", "r.csv")] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("text", "line"), [('a,b\n1,"2\n3,4\n', 2), ('a,b\n1,2\n1,"2"x\n', 3), ('a,b\n"1"",2', 2)]
)
def test_a_broken_quotation_names_its_line(text: str, line: int) -> None:
    """The record that is broken is named, and none of it quoted."""
    with pytest.raises(ConfigError, match=rf"^r\.csv:{line}: broken row: a quotation mark"):
        rows(text, ",", "r.csv")


def test_a_broken_table_is_not_read_with_another_delimiter() -> None:
    """That semicolons find no quotation to break does not make them the delimiter."""
    with pytest.raises(ConfigError, match=r"^r\.csv:3: broken row"):
        table(b'surname,rank\nA,PC\nB,"P\n', "r.csv", lambda row: len(headings(row)))


def test_full_names_one_a_line_keep_their_commas() -> None:
    """`SURNAME, Forename` under one heading is one cell."""
    found = table(b"Name\nROE, Jane\nPOE, Ann\n", "r.csv", lambda row: len(headings(row)))
    assert [row.cells for row in found] == [("Name",), ("ROE, Jane",), ("POE, Ann",)]


def test_what_is_no_text_says_what_would_be() -> None:
    """Bytes in no charset that we read are refused with the mend."""
    with pytest.raises(ConfigError, match=r"^r\.bin: .*CSV \(UTF-8\) or XLSX"):
        decoded(b"\x81\x8d\x8f\xff", "r.bin")
