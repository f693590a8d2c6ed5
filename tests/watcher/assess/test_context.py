"""What needs no enrolled person: structure, suppliers, secrets, unread parts, mentions."""

from __future__ import annotations

import pytest

from tests.watcher.assess.tallies import (
    mail,
    name,
    names_list,
    number,
    record,
    roll,
    roster,
    supplier,
)
from watcher.assess import assess
from watcher.config.settings import Matching
from watcher.model import Family, Finding, Severity, Sign, Tally, Unread, Why


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
        shows(shape, Sign.POLICE_TABLE)
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
    """A cleaning firm with a department that is called after the police, which some rows show."""
    tally = names_list(
        0, misses=3000, where="S", columns=("name", "unit", "pay_number"),
        piece={Sign.STAFF_LIST, Sign.POLICE},
    )  # fmt: skip
    said = [
        record(at, name(at), where="S", signs={Sign.POLICE} if at % 7 == 0 else ())
        for at in range(100)
    ]
    assert judged(tally + Tally(records=tuple(said))) is None


@pytest.mark.parametrize("shape", [Sign.STAFF_LIST, Sign.VETTING])
def test_rows_enough_are_a_police_context_of_a_table(shape: Sign) -> None:
    """Five of its rows, and a fifth of those of which anything is known."""
    rows = [record(at, name(at), where="S", signs={Sign.POLICE}) for at in range(5)]
    assert judged(shows(shape) + Tally(records=tuple(rows[:4]))) is None
    found = judged(shows(shape) + Tally(records=tuple(rows)))
    assert found
    assert (found.severity, found.rule) == (Severity.MEDIUM, "structure")


def test_what_a_table_is_called_is_its_context() -> None:
    """A part's address, the document's name, and headings that only police use."""
    officers = roster()
    for where, name_of, columns, told in (
        ("police_staff.csv", "", (), True),
        ("S", "Constables 2024.xlsx", (), True),
        ("S", "", ("surname", "collar_number"), True),
        ("S", "policy.xlsx", ("surname", "pay_number"), False),
    ):
        tally = shows(Sign.STAFF_LIST, where=where) + Tally(
            rolls=(roll([0] * 9, where=where, columns=columns),)
        )
        found = assess(tally, officers=officers, settings=Matching(), name=name_of)
        assert (found is not None) is told


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
        piece={Sign.STAFF_LIST, Sign.POLICE_TABLE},
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
    assert (found.reasons, found.called) == (("a watched supplier is named",), ())
    elsewhere = judged(tally)
    assert elsewhere
    assert elsewhere.severity is Severity.INFO


def test_a_supplier_is_called_what_the_operator_calls_it() -> None:
    """The reason names it, of many the first few; the finding has all, each once."""
    names = [f"Firm {letter}" for letter in "GFEDCBAB"]
    met = (record(at, supplier(name)) for at, name in enumerate(names))
    found = judged(Tally(records=tuple(met)), leak_listing=True)
    assert found
    assert found.reasons == ("names Firm A, Firm B, Firm C, Firm D, Firm E and 2 more",)
    assert found.called == tuple(sorted(set(names)))


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


def test_a_closed_part_of_a_staff_list_is_medium() -> None:
    """The name of the document, or of another part, promises what the closed one holds."""
    closed = (Unread(where="scan 1.pdf", why=Why.ENCRYPTED),)
    found = assess(
        Tally(), officers=roster(), settings=Matching(), unread=closed, name="Staff list.zip"
    )
    assert found
    assert (found.severity, found.rule, found.places) == (
        Severity.MEDIUM,
        "unread",
        ("scan 1.pdf",),
    )
    assert judged(names_list(0, misses=9, where="payroll.xlsx!/S"), unread=closed)
    broken = (Unread(where="scan 1.pdf", why=Why.BROKEN),)
    assert not assess(
        Tally(), officers=roster(), settings=Matching(), unread=broken, name="Staff list.zip"
    )


def test_a_password_in_a_hidden_table_counts_higher() -> None:
    rows = Tally(
        records=(record(1, mail(3), where="S", signs={Sign.SECRET}),),
        rolls=(roll([1], where="S", hidden=True, cells=True, officers=[(3,)], chance=0.5),),
    )
    found = judged(rows)
    assert found
    assert (found.severity, found.rule) == (Severity.CRITICAL, "secret")


def test_addresses_that_only_a_list_tells_are_mentioned() -> None:
    tally = Tally(rolls=(roll([0, 1], family=Family.MAIL, chance=0.4, officers=[(), (7,)]),))
    found = judged(tally)
    assert found
    assert (found.severity, found.rule, found.officers) == (
        Severity.INFO, "mention", ("ref-00007",),
    )  # fmt: skip


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


def test_a_number_at_an_own_domain_is_its_owners_address() -> None:
    """`4471@` of the force: with a password beside it as grave as any other address."""
    around = {Sign.SECRET, Sign.FORCE}
    found = judged(Tally(records=(record(1, number(3), signs=around | {Sign.MAILBOX}),)))
    assert found
    assert (found.severity, found.rule, found.officers) == (Severity.HIGH, "secret", ("ref-00003",))
    elsewhere = judged(Tally(records=(record(1, number(3), signs=around),)))
    assert elsewhere
    assert (elsewhere.severity, elsewhere.officers) == (Severity.MEDIUM, ())


@pytest.mark.parametrize(
    ("police", "hidden", "severity"),
    [
        (True, True, Severity.HIGH),
        (True, False, Severity.MEDIUM),
        (False, True, Severity.HIGH),
        (False, False, None),
    ],
)
def test_victims_of_crimes(*, police: bool, hidden: bool, severity: Severity | None) -> None:
    """Nobody of them is enrolled. Out of sight they need no police word beside them."""
    signs = {Sign.CRIME_REPORTS, *([Sign.POLICE_TABLE] if police else ())}
    where = "a.xlsx!/xl/pivotCache/pivotCacheRecords1.xml"
    columns = ("crime_reference", "surname", "birth_date")
    found = judged(
        names_list(0, misses=50, where=where, columns=columns, hidden=hidden, piece=signs)
    )
    assert (found and found.severity) == severity
    if found:
        behind = " behind a pivot table" if hidden else ""
        assert found.title == f"Victims, witnesses or suspects of crime reports{behind}"
        assert (found.rule, found.rows, found.count) == ("structure", 50, 0)


def test_files_called_after_staff_raise_a_supplier_on_a_leak_listing() -> None:
    tally = Tally(records=(record(3, supplier(), where="p"),)) + shows(Sign.STAFF_FILES, where="p")
    found = judged(tally, leak_listing=True)
    assert found
    assert (found.severity, found.rule) == (Severity.HIGH, "supplier")
    elsewhere = judged(tally)
    assert elsewhere
    assert elsewhere.severity is Severity.INFO
