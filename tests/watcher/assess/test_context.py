"""What needs no enrolled person: structure, suppliers, secrets, unread parts, mentions."""

from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import mail, name, names_list, record, roll, roster, supplier
from watcher.assess import assess
from watcher.config.settings import Matching
from watcher.model import Finding, Severity, Sign, Tally, Unread, Why


def judged(
    tally: Tally, *, unread: tuple[Unread, ...] = (), leak_listing: bool = False
) -> Finding | None:
    return assess(
        tally, officers=roster(), settings=Matching(), unread=unread, leak_listing=leak_listing
    )


def shows(*signs: Sign, where: str = "S") -> Tally:
    return Tally(signs=((where, frozenset(signs)),))


@pytest.mark.parametrize("shape", [Sign.STAFF_LIST, Sign.VETTING])
def test_the_shape_of_a_staff_list_is_medium(shape: Sign) -> None:
    """Even with nobody enrolled in it, in a police context."""
    found = judged(
        shows(shape, Sign.POLICE)
        + Tally(rolls=(roll([0] * 200, where="S", first=2, columns=("name", "vetting")),))
    )
    assert found
    assert (found.severity, found.rule, found.count, found.rows) == (
        Severity.MEDIUM,
        "structure",
        0,
        200,
    )
    assert found.places == ("S, rows 1-201",)
    assert "vetting" in found.fields


@pytest.mark.parametrize("shape", [Sign.STAFF_LIST, Sign.VETTING])
def test_other_peoples_staff_lists_are_nothing(shape: Sign) -> None:
    assert judged(shows(shape)) is None
    assert judged(shows(shape, where="a") + shows(Sign.POLICE, where="b")) is None


def test_signs_of_rows_are_no_police_context_of_a_table() -> None:
    """A firm's payroll, in whose rows the heading of the pay number stands for police."""
    tally = names_list(
        0, misses=40, where="S", columns=("name", "rank", "pay_number"), piece={Sign.STAFF_LIST}
    ) + Tally(records=(record(4, name(1), where="S", signs={Sign.POLICE}),))
    assert judged(tally) is None


def test_a_watched_domain_anywhere_is_context() -> None:
    found = judged(shows(Sign.STAFF_LIST, where="a") + shows(Sign.FORCE, where="b"))
    assert found
    assert found.severity is Severity.MEDIUM


def test_a_hidden_shape_counts_higher() -> None:
    """Source data left behind a pivot table."""
    tally = names_list(
        0,
        misses=50,
        where="S",
        cells=True,
        columns=("name", "postcode"),
        hidden=True,
        piece={Sign.STAFF_LIST, Sign.POLICE},
    )
    found = judged(tally)
    assert found
    assert (found.severity, found.title) == (
        Severity.HIGH,
        "Table shaped like a staff list in a hidden worksheet",
    )


def test_a_supplier_matters_on_a_leak_listing() -> None:
    tally = Tally(records=(record(3, supplier()),))
    found = judged(tally, leak_listing=True)
    assert found
    assert (found.severity, found.rule, found.count, found.places) == (
        Severity.MEDIUM,
        "supplier",
        0,
        ("line 3",),
    )
    elsewhere = judged(tally)
    assert elsewhere
    assert elsewhere.severity is Severity.INFO


def test_an_address_with_its_password_is_high() -> None:
    rows = tuple(record(at, mail(at), signs={Sign.SECRET, Sign.FORCE}) for at in range(37))
    found = judged(Tally(records=rows))
    assert found
    assert (found.severity, found.rule, found.count) == (Severity.HIGH, "secret", 37)
    assert found.fields == ("email", "password")
    one = judged(Tally(records=rows[:1]))
    assert one
    assert one.severity is Severity.HIGH


def test_a_strangers_address_at_our_domain_with_a_password_is_medium() -> None:
    """The roster may be stale."""
    found = judged(Tally(records=(record(1, signs={Sign.SECRET, Sign.FORCE}),)))
    assert found
    assert (found.severity, found.rule) == (Severity.MEDIUM, "secret")
    assert judged(Tally(records=(record(1, signs={Sign.SECRET}),))) is None


@pytest.mark.parametrize("why", [Why.ENCRYPTED, Why.LIMIT, Why.SIZE, Why.IMAGE_ONLY, Why.LOST])
@pytest.mark.parametrize(
    "tally",
    [shows(Sign.FORCE), shows(Sign.STAFF_LIST), Tally(records=(record(1, supplier()),))],
    ids=["domain", "staff list", "supplier"],
)
def test_an_unread_part_beside_the_force_is_medium(tally: Tally, why: Why) -> None:
    found = judged(tally, unread=(Unread(where="a.zip!/b.bin", why=why),))
    assert found
    assert (found.severity, found.rule, found.places) == (
        Severity.MEDIUM,
        "unread",
        ("a.zip!/b.bin",),
    )
    assert f"1 part could not be read: {why}" in found.reasons


def test_an_unread_part_elsewhere_is_no_alert() -> None:
    """It is told as unread by others; nothing is to be judged."""
    assert judged(Tally(), unread=(Unread(where="b.bin", why=Why.ENCRYPTED),)) is None
    logo = judged(shows(Sign.FORCE), unread=(Unread(where="logo.xcf", why=Why.UNSUPPORTED),))
    assert logo
    assert logo.severity is Severity.INFO


@pytest.mark.parametrize("where", ["Staff list.mdb", "x.zip!/warrant_cards.7z", "nominal-roll.doc"])
def test_a_name_that_promises_people_suffices(where: str) -> None:
    found = judged(Tally(), unread=(Unread(where=where, why=Why.UNSUPPORTED),))
    assert found
    assert (found.severity, found.rule) == (Severity.MEDIUM, "unread")


def test_mentions_are_counted_not_sent() -> None:
    found = judged(shows(Sign.FORCE))
    assert found
    assert (found.severity, found.rule) == (Severity.INFO, "mention")
    known = judged(Tally(records=(record(4, mail(7)),)))
    assert known
    assert (known.severity, known.officers) == (Severity.INFO, ("ref-00007",))


def test_ordinary_documents_are_nothing() -> None:
    """A name alone is not a finding, nor is a police word."""
    assert judged(Tally()) is None
    assert judged(shows(Sign.POLICE, Sign.PHONE) + Tally(records=(record(1, name(3)),))) is None
