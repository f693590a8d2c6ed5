"""Which rows are one person."""

from __future__ import annotations

from matchers.people.names import names
from matchers.people.persons import distinct
from watcher.api import Person


def persons(*people: Person) -> list[int]:
    return distinct(people, [names(person) for person in people]).tolist()


def someone(**fields: object) -> Person:
    return Person(ref="r", **fields)  # type: ignore[arg-type]  # the tests below give the right types


def test_a_shared_pay_number_or_address_is_one_person() -> None:
    """Through any chain of them."""
    one = someone(surname="Inskip", numbers=(("pay_number", "00123"),))
    two = someone(surname="Golightly", numbers=(("pay_number", "123"),), emails=("a@x.example",))
    three = someone(forename="Una", emails=("A@X.example",))
    assert persons(one, three, two, someone(surname="Inskip")) == [0, 0, 0, 1]


def test_the_same_digits_in_another_role_are_nobody() -> None:
    one = someone(surname="Inskip", numbers=(("pay_number", "123"),))
    two = someone(surname="Inskip", numbers=(("warrant_number", "123"),))
    assert persons(one, two) == [0, 1]


def test_a_collar_number_is_used_again() -> None:
    """It makes one person only together with a name."""
    collar = (("collar_number", "1234"),)
    one = someone(forename="Una", surname="Inskip", numbers=collar)
    two = someone(forename="Una", surname="Golightly", numbers=collar)
    three = someone(forename="Rhys", surname="Quigley", numbers=collar)
    assert persons(one, two, three) == [0, 0, 1]


def test_full_name_rank_and_unit() -> None:
    row = {"forename": "Una", "surname": "Inskip", "rank": "PC", "unit": "Custody"}
    assert persons(someone(**row), someone(**row), someone(**{**row, "unit": ""})) == [0, 0, 1]
