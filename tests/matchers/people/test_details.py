"""Whom names, numbers and addresses mean."""

from __future__ import annotations

from matchers.people.details import Details, named
from matchers.people.engine import Engine
from matchers.people.gather import Held
from matchers.people.kernel import arrays
from matchers.people.said import MailHit, NumberHit
from tests.matchers.people.crowd import DOMAIN, engine
from watcher.api import Family, Person, Sign

PEOPLE = [
    Person(
        ref="a",
        forename="Imogen",
        surname="Golightly",
        numbers=(("pay_number", "C012345"), ("collar_number", "4321")),
        emails=("imogen.golightly@force.example", "immy@gmail.com", "4321@force.example"),
    ),
    Person(ref="b", forename="Fergus", surname="Inskip", numbers=(("warrant_number", "4321"),)),
]
ENGINE = engine(PEOPLE)


def laid_out(text: str, opened: Engine = ENGINE) -> Details:
    """Details of a window with this text."""
    desk = opened.desk()
    desk.begin()
    desk.lay_out(text)
    desk.ask()
    desk.settle(desk.cells)
    return Details(desk, opened.bits)


def address(text: str) -> MailHit | None:
    return laid_out(text).mail(0)


def number(text: str) -> NumberHit | None:
    details = laid_out(text)
    return details.number(ENGINE.desk().numbers, 0)


def test_a_number_means_everybody_who_has_it_in_any_role() -> None:
    hit = number("4321")
    assert hit is not None
    assert hit.officers == {"collar_number": (0,), "warrant_number": (1,)}


def test_in_full_or_by_its_digits() -> None:
    for printed in ("C12345", "c-012345", "12345", "0012345"):
        hit = number(printed)
        assert hit is not None, printed
        assert hit.officers == {"pay_number": (0,)}
    assert number("12346") is None


def test_an_enrolled_address() -> None:
    hit = address("Immy@Gmail.com")
    assert hit is not None
    assert (hit.officers, hit.family, hit.force) == ((0,), Family.MAIL, False)
    assert hit.bits >= 20


def test_addresses_at_a_force_domain_are_read_as_names_and_numbers() -> None:
    """Whatever is before the @: full name, initial, digits after it, a number; pnn or not."""
    for local in (
        "imogen.golightly2", "i.golightly", "igolightly", "golightly.i", "C12345", "12345",
    ):  # fmt: skip
        hit = address(f"{local}@mail.{DOMAIN.replace('.', '.pnn.', 1)}")
        assert hit is not None, local
        assert hit.officers == (0,), local
        assert hit.force
    assert address(f"una.nobody@{DOMAIN}") is None


def test_addresses_elsewhere_are_not() -> None:
    assert address("imogen.golightly@elsewhere.example") is None
    assert address("12345@elsewhere.example") is None


def test_a_number_before_a_force_s_domain_is_that_number() -> None:
    """Beside the number itself it is no second kind of identifier, enrolled as an address or not."""
    for text, field in (
        ("12345@any.police.uk", "pay_number"), ("C12345@any.police.uk", "pay_number"),
        ("4321@force.example", "email"),
    ):  # fmt: skip
        hit = address(text)
        assert hit is not None, text
        assert (hit.family, hit.field, hit.officers) == (Family.NUMBER, field, (0,))
    assert address("99999@any.police.uk") is None


def test_addresses_of_a_row_and_what_they_show() -> None:
    """Whether they are ours or not: a force's address and a secret are signs of the row."""
    held = Held()
    text = f"una@{DOMAIN}:hunter22 immy@gmail.com"
    shown = laid_out(text).mails(0, 2, held, text)
    assert shown == {Sign.FORCE, Sign.POLICE, Sign.SECRET}
    assert [hit.officers for hit in held.addresses] == [(0,)]
    text = "immy@gmail.com"
    assert not laid_out(text).mails(0, 1, Held(), text)


def test_nobody_is_no_name() -> None:
    """No request, or a row of nobody."""
    names = arrays.names(4, 4, 2)
    names.start[0], names.stop[0] = 0, 2
    names.officer[:2] = 0, 1
    names.edits[0] = 1
    found = named(names, 0)
    assert found is not None
    assert (found.officers, found.edits) == ((0, 1), 1)
    assert named(names, 1) is None
    assert named(names, -1) is None
