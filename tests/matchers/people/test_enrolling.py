"""The tables, and what they must not hold."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.enrolling import enrol
from matchers.people.fold import fold
from matchers.people.siphash import halves
from matchers.people.tables import COLUMNS
from tests.matchers.people.crowd import DOMAIN, KEY, people
from watcher.api import Person


def test_tables_hold_no_enrolled_text() -> None:
    """No name, number or address, raw or folded, in ASCII, UTF-8, UTF-16 or UTF-32, in any array."""
    crowd = people(80)
    raw = b"".join(array.tobytes() for array in enrol(crowd, halves(KEY), (DOMAIN,)).values())
    values = {DOMAIN, "Response", "Constable"}
    for person in crowd:
        values |= {person.forename, person.surname, *person.emails}
        values |= {number for _, number in person.numbers if len(number) > 4}
    for value in values:
        for text in {value, value.lower(), value.upper(), fold(value).decode()}:
            if len(text) < 5:
                continue
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
                assert text.encode(encoding) not in raw


def test_tables_hold_no_number_as_a_number() -> None:
    crowd = people(80)
    tables = enrol(crowd, halves(KEY), ())
    secret = {int(number.strip("C")) for person in crowd for _, number in person.numbers}
    for name, array in tables.items():
        assert not secret & set(array.ravel().tolist()), name


def test_every_table_has_its_type() -> None:
    for crowd in ([], people(3)):
        tables = enrol(crowd, halves(KEY), ())
        assert {name: (array.dtype, array.ndim) for name, array in tables.items()} == {
            name: (np.dtype(dtype), dimensions) for name, (dtype, dimensions) in COLUMNS.items()
        }


def test_the_same_people_under_the_same_key_give_the_same_tables() -> None:
    one, two = (enrol(people(20), halves(KEY), ()) for _ in range(2))
    for name in one:
        np.testing.assert_array_equal(one[name], two[name])


@pytest.mark.parametrize(
    "person",
    [
        Person(ref="r"),
        Person(ref="r", surname="ش", forename="ع"),
        Person(ref="r", surname="-", forename="'"),
        Person(ref="r", numbers=(("pay_number", "n/a"),), emails=("none",)),
        Person(ref="r", surname="x" * 300, forename="Una"),
    ],
)
def test_a_row_that_says_nothing_harms_nothing(person: Person) -> None:
    assert enrol([person], halves(KEY), ("",))["report_people"][0] == 1
