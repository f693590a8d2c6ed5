from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watcher.read.effort import calls
from tests.watcher.read.made import BOUNDS, parts, rows
from watcher.model import Part, Unread
from watcher.read.budget import Budget
from watcher.read.office.ooxml import OOXML
from watcher.read.office.prose import begun, told
from watcher.read.stream import Stream, chunked


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


PLACE = "of the station by the harbour, Thornby, and at home"
ROW = f"<tr>{cell('Adebayo')}{cell(PLACE)}{cell('4400123')}</tr>"
PARAGRAPH = f"<p><r><t>PC Adebayo Quill 4400123 {PLACE}</t></r></p>"
DEEP = ("<tbl><tr><tc>", "<p><r><t>Quill</t></r></p></tc></tr></tbl>")
UNITS = {
    "paragraphs": ("", PARAGRAPH, ""),
    "rows": ("<tbl>", ROW, "</tbl>"),
    "a cell": ("<tbl><tr><tc>", PARAGRAPH, "</tc></tr></tbl>"),
    "cells": ("<tbl><tr>", cell("x"), "</tr></tbl>"),
    "runs": ("<p>", "<r><t>Ade </t></r>", "</p>"),
    "deletions": ("<ins>" * 2000, "<r><delText>Ade </delText></r>", "</ins>" * 2000),
}


def member(name: str, number: int) -> Iterator[bytes]:
    before, unit, after = (each.encode() for each in UNITS[name])
    yield b"<a>" + before
    for _ in range(number // 500):
        yield unit * 500
    yield after + b"</a>"


def taken(name: str, number: int) -> list[Part | Unread]:
    made, prose = begun(OOXML)
    return list(told(chunked(member(name, number)), made, prose, Budget(BOUNDS)))


@pytest.mark.parametrize("name", UNITS)
def test_the_work_grows_with_the_document(name: str) -> None:
    """Twice as many of anything are at most twice the work."""
    once, twice = (calls(partial(taken, name, number)) for number in (3000, 6000))
    assert twice < 2.1 * once


@pytest.mark.parametrize("name", ["paragraphs", "rows", "a cell"])
def test_what_is_held_does_not_grow_with_the_document(name: str) -> None:
    """What was read is given while the document goes on: a window, a cell and a row are kept."""
    read_so_far = given = 0

    def counted() -> Iterator[bytes]:
        nonlocal read_so_far
        for chunk in member(name, 60_000):
            read_so_far += chunk.count(b"Adebayo")
            yield chunk

    made, prose = begun(OOXML)
    for item in told(chunked(counted()), made, prose, Budget(BOUNDS)):
        assert isinstance(item, Part)
        assert read_so_far - given < 35_000
        given += item.text[item.overlap :].count("Adebayo")
    assert given == read_so_far == 60_000


def test_tables_in_tables_without_end_are_read() -> None:
    """Each level once, whatever stands in the innermost."""
    levels = [calls(partial(read, DEEP[0] * n + DEEP[1] * n)) for n in (500, 1000)]
    assert levels[1] < 2.1 * levels[0]
    text = "".join(
        each.text for each in read(DEEP[0] * 500 + DEEP[1] * 500) if isinstance(each, Part)
    )
    assert text.count("Quill") == 500


@given(st.lists(st.sampled_from(["<p>", "</p>", "<tbl>", "</tbl>", "<tr>", "</tr>", "<tc>", "</tc>",
    "<r>", "</r>", "<t>", "</t>", "x", "<del>", "</del>"]), max_size=40))  # fmt: skip
def test_any_order_of_elements_is_parts_or_broken(words: list[str]) -> None:
    """Elements where no document has them raise nothing."""
    assert all(isinstance(each, Part | Unread) for each in read("<a>" + "".join(words) + "</a>"))
