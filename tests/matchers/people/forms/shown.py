"""What the tests of this package look at: the tables of a text, as lists."""

from __future__ import annotations

from matchers.people.forms import tables
from watcher.api import CELL, ROW, Part


def rows(part: Part) -> list[list[str]]:
    return [row.split(CELL)[:-1] for row in part.text.split(ROW)[:-1]]


def numbers(part: Part) -> list[int]:
    return list(part.numbers)


def read(text: str) -> tuple[list[list[list[str]]], str]:
    """The rows of each table, and the text that is left."""
    found, rest = tables(Part(where="w", text=text))
    return [rows(each) for each in found if each.table], rest.text if rest else ""


def one(text: str) -> list[list[str]]:
    """The rows of the only table; nothing that says anything is left."""
    (table,), rest = read(text)
    assert not any(letter.isalnum() for letter in rest)
    return table
