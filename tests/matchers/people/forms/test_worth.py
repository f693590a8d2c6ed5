"""Whether a table is of people, and what its columns are called."""

from __future__ import annotations

import pytest

from matchers.people.forms.found import Found, Row
from matchers.people.forms.worth import fields_of, header, judged, named, says_who, shows_who
from watcher.api import Field

NAMES = ["Ann Quigley", "Bob Inskip", "Una O'Neil", "Zoë Abernathy"]


def found(names: list[str], *rows: list[str]) -> Found:
    return Found(tuple((name,) for name in names), [Row(0, 1, row) for row in rows])


def test_a_field_is_called_by_its_whole_name_if_that_is_known() -> None:
    """`employee.name.first` is a forename, `employee.badge` has no name that we know but its own."""
    assert named(("employee", "name", "first")) == ("name first", Field.FORENAME)
    assert named(("x", "surname")) == ("surname", Field.SURNAME)
    assert named(("x", "y")) == ("y", None)


def test_what_belongs_to_another_keeps_its_own_name() -> None:
    """A street's name is not the person's."""
    texts, fields = header([("surname",), ("street", "name"), ("9",), ("x" * 99,)])
    assert texts == ["surname", "street name", "", ""]
    assert fields == {Field.SURNAME}


@pytest.mark.parametrize(
    ("keys", "yes"),
    [
        (("surname", "rank"), True),
        (("name",), False),
        (("name", "version"), False),
        (("collar_no",), True),
        (("email",), False),
        (("email", "phone"), True),
        (("host", "level"), False),
    ],
)
def test_people_are_told_by_two_columns_or_a_number_of_their_own(
    keys: tuple[str, ...], yes: bool
) -> None:
    """`name` alone may be anything's."""
    assert says_who(fields_of((key,) for key in keys)) is yes


def test_names_are_told_by_what_they_look_like() -> None:
    """Whole names in one column, or two columns of single ones."""
    assert shows_who([[name, "x1"] for name in NAMES])
    assert shows_who([name.split() for name in NAMES])
    assert not shows_who([["left pad", "1.0"], ["right pad", "1.1"], ["core", "2"]])
    assert not shows_who([[NAMES[0]], [NAMES[1]]])


def test_only_tables_of_people_are_taken() -> None:
    """With the headings that the text gives, and none where it gives none."""
    assert judged(found(["surname", "rank"], ["Quigley", "PC"])) == ["surname", "rank"]
    assert judged(found(["name", "price"], ["Pump", "1"], ["Hose", "2"])) is None
    assert judged(found(["name"], *([name] for name in NAMES))) == ["name"]
    assert judged(found([], *([name] for name in NAMES))) == []
    assert judged(found(["surname", "rank"])) is None
