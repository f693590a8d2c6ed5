from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import number
from watcher.assess import words
from watcher.assess.case import Piece
from watcher.model import Family, Sign, Unread, Why
from watcher.vocabulary import Field


@pytest.mark.parametrize(
    ("count", "word", "said"),
    [(1, "name", "1 name"), (9431, "name", "9,431 names"), (2, "mail address", "2 mail addresses")],
)
def test_counts_are_readable(count: int, word: str, said: str) -> None:
    assert words.several(count, word) == said


def test_lists_of_words_are_readable() -> None:
    assert words.joined([]) == ""
    assert words.joined(["a"]) == "a"
    assert words.joined(["a", "b", "c"]) == "a, b and c"


def test_chance_is_told_in_whole_people() -> None:
    assert words.by_chance(17.28) == "about 17 by chance"
    assert words.by_chance(2370.4) == "about 2,370 by chance"
    assert words.by_chance(0.2) == "none expected by chance"


def test_fields_have_one_order() -> None:
    """The vocabulary's; what a stranger's matcher calls its own comes last."""
    said = words.ordered(["tattoo", "pay_number", "", "surname", "phone", "surname"])
    assert said == ("surname", "pay_number", "phone", "tattoo")


def test_what_is_said_more_exactly_is_not_told_again() -> None:
    """A name in parts is no `name` besides, a pay number no `number`."""
    assert words.told(["name", "surname", "number", "pay_number"]) == ("surname", "pay_number")
    assert words.told(["name", "initials"]) == ("initials",)
    assert words.told(["name", "number", "rank"]) == ("rank", "name", "number")


def test_high_risk_is_counted() -> None:
    assert words.at_risk(1, improbable=False) == "1 officer of a high-risk group"
    assert words.at_risk(3, improbable=True) == (
        "3 officers of a high-risk group, far more than chance would bring"
    )


def test_numbers_are_called_by_their_kind_where_it_is_one() -> None:
    pay, collar = number(1), number(1, field="collar_number")
    assert words.identifier(Family.NUMBER, [pay] * 30 + [collar]) == "pay number"
    assert words.identifier(Family.NUMBER, [pay, collar]) == "number"
    assert words.identifier(Family.NUMBER, []) == "number"
    assert words.identifier(Family.NAME, []) == "name"


def test_hidden_pieces_say_so() -> None:
    sheet = Piece(where="s", cells=True, hidden=True)
    assert words.whereabouts(sheet) == " in a hidden worksheet"
    assert words.is_hidden(sheet) == "the sheet is hidden"
    within = Piece(where="a.xlsx!/s (hidden rows)", cells=True, hidden=True)
    assert words.whereabouts(within) == " in hidden rows of a worksheet"
    assert words.is_hidden(within) == "the rows are hidden"
    assert words.whereabouts(Piece(where="s", cells=True)) == ""
    assert words.whereabouts(None) == ""
    assert (
        words.is_hidden(Piece(where="s", columns=("name",), hidden=True)) == "the table is hidden"
    )


def test_unread_parts_say_why_and_how_many() -> None:
    parts = [
        Unread(where=w, why=why)
        for w, why in [("a", Why.LIMIT), ("b", Why.ENCRYPTED), ("c", Why.LIMIT)]
    ]
    assert words.unread_parts(parts) == "3 parts could not be read: encrypted, limit"


def test_every_sensitive_kind_has_a_word() -> None:
    assert set(words.PLAIN) == words.SENSITIVE
    assert set(words.KINDS.values()) <= set(Field)
    assert set(words.HOME) <= set(Sign)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("a.xlsx!/xl/pivotCache/pivotCacheRecords1.xml", "behind a pivot table"),
        ("xl/externalLinks/externalLink1.xml", "in the copy of a linked workbook"),
        ("xl/comments1.xml", "in comments"),
        ("xl/sharedStrings.xml (unused)", "among strings that no cell shows"),
        ("slide 2 (hidden)", "on a hidden slide"),
        ("html!/hidden text", "in hidden text"),
        ("docProps/core.xml", "in the document's properties"),
    ],
)
def test_what_no_reader_sees_is_told_by_where_it_lies(where: str, said: str) -> None:
    piece = Piece(where=where, columns=("name",), hidden=True)
    assert words.whereabouts(piece) == f" {said}"
    assert words.is_hidden(piece) == f"hidden from a reader, {said}"
    assert words.whereabouts(Piece(where=where)) == ""
