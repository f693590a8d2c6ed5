"""The canary: this installation's own, made up, and told from everybody else."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from watcher import canary
from watcher.model import Finding, Severity

MASTERS = st.binary(min_size=32, max_size=32)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def finding(*officers: str, **more: object) -> Finding:
    base: dict[str, object] = {
        "severity": Severity.HIGH,
        "rule": "person",
        "title": "x",
        "count": 1,
        "rows": 1,
        "officers": officers,
        "fields": ("pay_number", "email"),
    }
    return Finding(**(base | more))  # type: ignore[arg-type]  # a test's own mixture


@given(MASTERS, MASTERS)
def test_each_installation_has_its_own(one: bytes, two: bytes) -> None:
    """The same key gives the same canary, another key another one in everything that is matched."""
    first, second = canary.person(one), canary.person(two)
    assert first == canary.person(one)
    assert canary.is_ref(first.ref)
    if one != two:
        assert first.ref != second.ref
        assert first.emails != second.emails


@given(MASTERS)
def test_nobody_takes_it_for_a_person(master: bytes) -> None:
    """Its name and address say what it is, and the page as well; its ref says nothing of either."""
    who = canary.person(master)
    assert who.surname.startswith("Canary")
    assert who.emails[0].endswith("@canary.invalid")
    page = canary.page(who, now=NOW)
    assert "does not exist" in page
    assert who.ref not in page


def test_only_the_canary_alone_is_its_return() -> None:
    """Another officer, another canary, a row more or a kind of data more is told like any leak."""
    who = canary.person(b"k" * 32)
    assert canary.is_canary(finding(who.ref), who)
    for other in (
        finding(who.ref, "n-1"),
        finding("n-1"),
        finding(canary.person(b"x" * 32).ref),
        finding(who.ref, possible=(("n-1",),)),
        finding(who.ref, rows=40),
        finding(who.ref, rule="list"),
        finding(who.ref, fields=("email", "vetting")),
        None,
    ):
        assert not canary.is_canary(other, who)
    assert not canary.is_canary(finding(who.ref), None)


def test_refs_of_a_force_are_none() -> None:
    """Only the exact form is reserved."""
    for ref in ("canary-1", "N-00017", "canary-0123456789ABCDEF", ""):
        assert not canary.is_ref(ref)
