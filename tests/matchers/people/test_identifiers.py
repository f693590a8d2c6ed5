"""Whom numbers and addresses mean."""

from __future__ import annotations

from matchers.people import People, mail, numbers
from matchers.people.fold import fold
from matchers.people.identifiers import MailHit
from matchers.people.tools import Tools
from tests.matchers.people.crowd import KEY
from watcher.api import Family, Person, Watch

PEOPLE = [
    Person(
        ref="a",
        forename="Imogen",
        surname="Golightly",
        numbers=(("pay_number", "C012345"), ("collar_number", "4321")),
        emails=("imogen.golightly@force.example", "immy@home.example"),
    ),
    Person(ref="b", forename="Fergus", surname="Inskip", numbers=(("warrant_number", "4321"),)),
    Person(ref="c", emails=("post@watched.example",)),
]


def opened() -> Tools:
    tables = People(Watch(domains=("@Watched.example",))).enrol(PEOPLE, KEY)
    return Tools.open(tables, KEY)


def address(text: str) -> MailHit:
    return opened().identifiers.addressed(mail.find(fold(text)))[0]


def test_a_number_means_everybody_who_has_it_in_any_role() -> None:
    (hit,) = opened().identifiers.numbered([numbers.number("4321")])
    assert hit is not None
    assert hit.officers == {"collar_number": (0,), "warrant_number": (1,)}


def test_in_full_or_by_its_digits() -> None:
    tools = opened()
    for printed in ("C12345", "c-012345", "12345", "0012345"):
        (hit,) = tools.identifiers.numbered([numbers.number(printed)])
        assert hit is not None, printed
        assert hit.officers == {"pay_number": (0,)}
    assert tools.identifiers.numbered([numbers.number("12346")]) == [None]


def test_neighbours_show_how_dense_it_is() -> None:
    """In a run of numbers that were given out together nearly all neighbours are enrolled."""
    crowd = [
        Person(ref=str(n), numbers=(("pay_number", str(n)),))
        for n in (*range(50_000, 50_200), 90_000)
    ]
    tools = Tools.open(People(Watch()).enrol(crowd, KEY), KEY)
    dense, sparse = tools.identifiers.crowded([numbers.number("50100"), numbers.number("90000")])
    assert dense == 1.0
    assert sparse == 0.0


def test_an_enrolled_address() -> None:
    hit = address("Immy@Home.example")
    assert hit.officers == (0,)
    assert hit.whole
    assert hit.bits >= 20


def test_addresses_at_a_force_domain_are_read_as_names_and_numbers() -> None:
    """Whatever is before the @: full name, initial, digits after it, a number; pnn or not."""
    for local in (
        "imogen.golightly2",
        "i.golightly",
        "igolightly",
        "golightly.i",
        "C12345",
        "12345",
    ):
        hit = address(f"{local}@watched.pnn.example")
        assert hit.officers == (0,), local
        assert hit.force
    assert address("una.nobody@watched.example").officers == ()
    assert address("una.nobody@mail.watched.example").force


def test_addresses_elsewhere_are_not() -> None:
    hit = address("imogen.golightly@elsewhere.example")
    assert hit == MailHit((), 0.0, hit.chance, force=False, whole=False)


def test_a_number_before_a_force_s_domain_is_that_number() -> None:
    """Enrolled or not: beside the number itself it is no second kind of identifier."""
    for local in ("12345", "C12345", "99999"):
        hit = address(f"{local}@any.police.uk")
        assert hit.family is Family.NUMBER, local
        assert hit.officers == (() if local == "99999" else (0,))
    assert address("12345@any.police.uk").field == "pay_number"
    for text in ("imogen.golightly@any.police.uk", "js2@any.police.uk", "12345@elsewhere.example"):
        assert address(text).family is Family.MAIL, text


def test_an_enrolled_address_made_of_a_number_is_that_number_too() -> None:
    person = Person(
        ref="a", numbers=(("collar_number", "4471"),), emails=("4471@northshire.police.uk",)
    )
    tools = Tools.open(People(Watch()).enrol([person], KEY), KEY)
    (hit,) = tools.identifiers.addressed(mail.find(b"4471@northshire.police.uk"))
    assert (hit.whole, hit.officers, hit.family) == (True, (0,), Family.NUMBER)


def test_a_domain_is_a_force_s_by_any_domain_above_it() -> None:
    """However many different ones a list holds."""
    text = " ".join(
        f"a@{domain}"
        for domain in ("watched.example", "deep.mail.watched.example", "example", "notwatched.example",
                       "police.uk", "x.police.uk", "police.uk.example")
    )  # fmt: skip
    found = opened().identifiers.addressed(mail.find(text.encode()))
    assert [hit.force for hit in found] == [True, True, False, True, True, False]
