from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.made import BOUNDS, parts, rows
from watcher.model import Part, Unread
from watcher.read.budget import Budget
from watcher.read.office.ooxml import OOXML
from watcher.read.office.prose import begun, told
from watcher.read.stream import Stream


def read(body: str) -> list[Part | Unread]:
    made, prose = begun(OOXML)
    return list(told(Stream(io.BytesIO(body.encode()).read), made, prose, Budget(BOUNDS)))


def cell(text: str) -> str:
    return f"<tc><p><r><t>{text}</t></r></p></tc>"


def test_a_table_in_a_table_is_one_of_its_own() -> None:
    """And a table of one row is layout: its cells are lines."""
    inner = f"<tbl><tr>{cell('a')}{cell('b')}</tr><tr>{cell('c')}{cell('d')}</tr></tbl>"
    outer = (
        f"<tbl><tr>{cell('x')}<tc>{inner}<p><r><t>y</t></r></p></tc></tr><tr>{cell('z')}</tr></tbl>"
    )
    alone = f"<tbl><tr>{cell('only')}{cell('row')}</tr></tbl>"
    found = parts(read(f"<a>{outer}{alone}</a>"))
    assert rows(found["table 2"]) == [["a", "b"], ["c", "d"]]
    assert rows(found["table 1"]) == [["x", "y"], ["z"]]
    assert found[""].text == "only\nrow\n"


def test_runs_are_joined_and_breaks_are_kept() -> None:
    """A name over three runs is one word."""
    body = (
        "<a><p><r><t>Ade</t></r><r><t>ba</t></r><r><t>yo</t><tab/><t>1</t><br/><t>2</t></r></p></a>"
    )
    assert parts(read(body))[""].text == "Adebayo\t1\n2\n"


def test_a_paragraph_without_end_is_given_in_windows() -> None:
    """Nothing of it is lost, and it is not held."""
    items = read("<a><p><r><t>" + "Adebayo " * 500_000 + "</t></r></p></a>")
    text = "".join(item.text[item.overlap :] for item in items if isinstance(item, Part))
    assert text.count("Adebayo") >= 499_990


@given(st.lists(st.sampled_from(["<p>", "</p>", "<tbl>", "</tbl>", "<tr>", "</tr>", "<tc>", "</tc>",
    "<r>", "</r>", "<t>", "</t>", "x", "<del>", "</del>"]), max_size=40))  # fmt: skip
def test_any_order_of_elements_is_parts_or_broken(words: list[str]) -> None:
    """Elements where no document has them raise nothing."""
    assert all(isinstance(each, Part | Unread) for each in read("<a>" + "".join(words) + "</a>"))
