"""What a service knows of our addresses: who, in which breach, how grave."""

from __future__ import annotations

from watcher.assess import breached
from watcher.model import BREACH, Family, Match, Officer, Record, Severity, Sign, Tally

OFFICERS = [Officer(ref=f"N-{at}", high_risk=at == 3) for at in range(10)]


def record(breach: str, *officers: int, signs: frozenset[Sign] = frozenset()) -> Record:
    match = Match(officers=officers, field="email", family=Family.MAIL, bits=160.0)
    return Record(where=breach, number=1, matches=(match,), signs=signs)


def test_nobody_in_a_breach_is_no_finding() -> None:
    """Good news is none."""
    assert breached(Tally(), OFFICERS) is None


def test_addresses_alone_are_low() -> None:
    """One breach is told by its name, with those whose addresses are in it."""
    found = breached(
        Tally(records=(record("Adobe (2013)", 1), record("Adobe (2013)", 2))), OFFICERS
    )
    assert found is not None
    assert (found.severity, found.rule, found.count) == (Severity.LOW, BREACH, 2)
    assert found.title == "E-mail addresses of ours in the data breach Adobe (2013)"
    assert found.officers == ("N-1", "N-2")
    assert found.fields == ("email",)


def test_passwords_and_home_data_are_medium() -> None:
    """What was taken beside the address decides."""
    for sign in (Sign.SECRET, Sign.ADDRESS, Sign.PHONE):
        found = breached(Tally(records=(record("A", 1, signs=frozenset({sign})),)), OFFICERS)
        assert found is not None
        assert found.severity == Severity.MEDIUM
        assert len(found.fields) == 2


def test_a_person_counts_once() -> None:
    """Two addresses of one person in one breach, and one person in two, are one person."""
    found = breached(
        Tally(records=(record("A", 1), record("A", 1), record("B", 1), record("B", 4, 5))), OFFICERS
    )
    assert found is not None
    assert (found.count, found.officers, found.possible) == (2, ("N-1",), (("N-4", "N-5"),))
    assert found.reasons == ("B: 2 of ours", "A: 1 of ours")


def test_many_breaches_are_counted() -> None:
    """Five are told by name, the largest first; the others are counted."""
    records = [record(f"B{at}", each) for at in range(8) for each in range(at + 1)]
    found = breached(Tally(records=tuple(records)), OFFICERS)
    assert found is not None
    assert found.title == "E-mail addresses of ours in 8 data breaches"
    assert found.reasons[:2] == ("1 officer of a high-risk group", "B7: 8 of ours")
    assert found.reasons[-1] == "3 more breaches"
