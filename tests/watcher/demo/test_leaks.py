"""The three leaks: whom they show, and in which form."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from watcher.demo.leaks import HIDDEN_SHEET, leaks, pasted, unaccented
from watcher.demo.roster import people
from watcher.model import one_data_set

ROWS = people(7, 2000)
BY_REF = {row["ref"]: row for row in ROWS}


def test_nobody_is_in_two_leaks() -> None:
    """Three incidents: the leaks have no officer in common, and the sizes that are promised."""
    paste, reply, posted = leaks(7, ROWS)
    assert [len(leak.refs) for leak in (paste, reply, posted)] == [60, 400, 80]
    assert not paste.refs & reply.refs
    assert not one_data_set(reply.refs, posted.refs)
    assert not posted.refs & paste.refs
    assert leaks(7, ROWS) == (paste, reply, posted)


def test_the_paste_has_each_of_its_people_by_pay_number() -> None:
    """One line a person under a heading, in ASCII, most surnames as enrolled."""
    paste, _, _ = leaks(7, ROWS)
    lines = list(csv.DictReader(io.StringIO(paste.body.decode("ascii"))))
    numbers = {BY_REF[ref]["pay_number"]: BY_REF[ref] for ref in paste.refs}
    assert {line["PayNo"] for line in lines} == set(numbers)
    same = sum(line["Surname"] == unaccented(numbers[line["PayNo"]]["surname"]) for line in lines)
    assert 54 <= same < 60


def test_a_mistyped_surname_lost_one_letter() -> None:
    """The twelfth line is one edit from the roster."""
    rows = [{**ROWS[0], "surname": "Wójciechowska"}] * 12
    last = pasted(rows).body.decode().splitlines()[-1]
    assert ",Wociechowska," in last


def test_the_reply_shows_counts_and_hides_the_list() -> None:
    """Rank counts in the sheet that shows; every person by service number in the hidden one."""
    _, reply, _ = leaks(7, ROWS)
    book = openpyxl.load_workbook(io.BytesIO(reply.body))
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden"]
    counts = dict(list(book["Strength"].values)[1:])
    assert sum(counts.values()) == 2000
    head, *body = book[HIDDEN_SHEET].values
    assert head == ("Surname", "Initials", "Rank", "Unit", "Location", "Service No")
    assert {str(row[5]) for row in body} == {BY_REF[ref]["warrant_number"] for ref in reply.refs}


def test_the_post_is_one_officer_a_line() -> None:
    """Address and collar number stand beside the name."""
    _, _, posted = leaks(7, ROWS)
    lines = posted.body.decode().splitlines()
    assert len(lines) == 80
    shown = {(line.rsplit(" ", 1)[1], line.split("<")[1].split(">")[0]) for line in lines}
    assert shown == {(BY_REF[ref]["collar_number"], BY_REF[ref]["email"]) for ref in posted.refs}


def test_a_roster_that_is_too_small_is_refused() -> None:
    """540 people at the least."""
    with pytest.raises(ValueError, match="larger than population"):
        leaks(7, ROWS[:539])
