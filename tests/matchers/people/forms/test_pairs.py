"""Blocks of `Key: value`."""

from __future__ import annotations

import pytest

from matchers.people.forms import tables
from tests.matchers.people.forms.shown import numbers, one, read
from watcher.api import Part

PEOPLE = [["Quigley", "Ann", "4401"], ["O'Neil", "Bob", "4402"]]


@pytest.mark.parametrize(
    "text",
    [
        "Surname: Quigley\nForename: Ann\nPay No: 4401\n\nSurname: O'Neil\nForename: Bob\nPay No: 4402\n",
        "Surname: Quigley\r\nForename: Ann\r\nPay No: 4401\r\nSurname: O'Neil\r\nForename: Bob\r\nPay No: 4402",
        "[one]\nsurname=Quigley\nforename = Ann\npay_no=4401\n\n[two]\nsurname=O'Neil\nforename=Bob\npay_no=4402",
        "staff:\n\n  - surname: Quigley\n    forename: Ann\n    pay_no: 4401\n  - surname: \"O'Neil\"\n    forename: 'Bob'\n    pay_no: 4402\n",
        "*** 1. row ***\n surname: Quigley\nforename: Ann\n  pay_no: 4401\n*** 2. row ***\n surname: O'Neil\nforename: Bob\n  pay_no: 4402\n",
        "-[ RECORD 1 ]---\nsurname  | Quigley\nforename | Ann\npay_no   | 4401\n-[ RECORD 2 ]---\nsurname  | O'Neil\nforename | Bob\npay_no   | 4402\n",
        "**Surname:** Quigley\n**Forename:** Ann\n**Pay No:** 4401\n------\n**Surname:** O'Neil\n**Forename:** Bob\n**Pay No:** 4402",
        "Surname......: Quigley\nForename.....: Ann\nPay No.......: 4401\n\nSurname......: O'Neil\nForename.....: Bob\nPay No.......: 4402",
    ],
    ids=["blocks", "run", "ini", "yaml", "mysql", "postgresql", "markdown", "dots"],
)
def test_one_table_however_it_is_written(text: str) -> None:
    """A record ends at an empty line, a rule, a dash, or where its first key comes again."""
    (table,), _ = read(text)
    assert [row[:3] for row in table[1:]] == PEOPLE
    assert [heading.lower().replace("_", " ") for heading in table[0][:3]] == [
        "surname", "forename", "pay no",
    ]  # fmt: skip


def test_other_lines_of_a_block_stay_with_their_record() -> None:
    """What is said of a person belongs to the person."""
    table = one("Name: Ann Quigley\nRank: PC\nlives in Eskmouth\nmarried\n\nName: Bob\nRank: PS")
    assert table == [
        ["Name", "Rank", ""],
        ["Ann Quigley", "PC", "lives in Eskmouth ; married"],
        ["Bob", "PS", ""],
    ]


def test_rows_are_numbered_by_their_first_line() -> None:
    """As an operator would look for them."""
    text = "see\n\nName: Ann\nRank: PC\n\nName: Bob\nRank: PS\n"
    (table,), _ = tables(Part(where="", text=text, first=5))
    assert numbers(table)[1:] == [7, 10]


@pytest.mark.parametrize(
    "text",
    [
        "From: Ann Quigley\nTo: Bob\nSubject: names\nDate: today\n\nName your price: ten",
        "name: build\non: push\njobs: all\n",
        "INFO name=worker started: ok\n" * 30,
        "Filename: x\nUsername: y\nHost: z\n",
    ],
)
def test_letters_settings_and_logs_are_left_alone(text: str) -> None:
    """A key that is `name` is not enough."""
    assert read(text)[0] == []
