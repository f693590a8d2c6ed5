"""Records out of what a row holds."""

from __future__ import annotations

from matchers.people.gather import CONTRADICTION, Held
from matchers.people.numbers import WEAK_BITS
from matchers.people.said import MailHit, Named, NumberHit
from tests.matchers.people.crowd import engine
from watcher.api import Family, Match, Person, Record

PEOPLE = [
    Person(
        ref="a", forename="Imogen", surname="Golightly", rank="PC", unit="Custody", vetting="DV"
    ),
    Person(ref="b", forename="Imogen", surname="Golightly", rank="Sgt", unit="Response"),
    *(Person(ref=str(i), forename="X", surname="Y", rank="PC", unit="Response") for i in range(30)),
]
GATHERER = engine(PEOPLE).gatherer
NAME = Named((0, 1))


def of_family(record: Record | None, family: Family) -> Match | None:
    assert record is not None
    return next((match for match in record.matches if match.family is family), None)


def test_nothing_enrolled_is_no_record() -> None:
    """A rank, a unit or a vetting level alone means nobody."""
    held = Held(rank="Sergeant", places={"unit": "Custody", "vetting": "DV"})
    assert GATHERER.record("", 1, held) is None


def test_a_rank_speaks_of_those_who_are_named() -> None:
    match = of_family(GATHERER.record("", 1, Held(name=NAME, rank="Sergeant")), Family.RANK)
    assert match is not None
    assert match.officers == (1,)
    assert match.bits > 1


def test_a_rank_that_nobody_named_has_contradicts_a_little() -> None:
    match = of_family(GATHERER.record("", 1, Held(name=NAME, rank="Chief Constable")), Family.RANK)
    assert match is not None
    assert match.officers == (0, 1)
    assert -2 <= match.bits == CONTRADICTION


def test_unit_location_and_vetting_are_one_piece_of_evidence() -> None:
    held = Held(name=NAME, places={"unit": "custody", "vetting": "dv"})
    record = GATHERER.record("", 1, held)
    assert record is not None
    places = [match for match in record.matches if match.family is Family.PLACE]
    assert [match.officers for match in places] == [(0,)]
    assert places[0].bits > 0


def test_a_share_is_never_taken_from_fewer_than_three_people() -> None:
    """Rule of three: one officer with DV among 32 is no better than three."""
    match = of_family(
        GATHERER.record("", 1, Held(name=NAME, places={"vetting": "DV"})), Family.PLACE
    )
    assert match is not None
    assert match.bits < 3.5


def test_a_surname_alone_is_of_those_whom_something_else_means() -> None:
    """And says how many people carry it."""
    number = NumberHit({"pay_number": (1, 2)}, 14.0)
    held = Held(surnames=(0, 1), numbers=[(number, False)])
    match = of_family(GATHERER.record("", 1, held), Family.NAME)
    assert match is not None
    assert (match.field, match.officers, match.carriers) == ("surname", (1,), 2)
    assert GATHERER.record("", 1, Held(surnames=(0, 1))) is None


def test_a_weak_number_is_worth_little() -> None:
    """A year beside a name is more often a year."""
    number = NumberHit({"collar_number": (0,)}, 13.0)
    for weak, bits in ((True, WEAK_BITS), (False, 13.0)):
        match = of_family(GATHERER.record("", 1, Held(numbers=[(number, weak)])), Family.NUMBER)
        assert match is not None
        assert match.bits == bits


def test_an_address_is_evidence_of_its_own_kind() -> None:
    held = Held(addresses=[MailHit((), 24.0, force=True), MailHit((0,), 24.0, force=True)])
    record = GATHERER.record("w", 7, held)
    assert record is not None
    assert (record.where, record.number) == ("w", 7)
    assert [(each.family, each.officers) for each in record.matches] == [(Family.MAIL, (0,))]
