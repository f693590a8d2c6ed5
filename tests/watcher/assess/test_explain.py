"""How a document was judged, told with the numbers that judged it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.watcher.assess.tallies import name, names_list, number, rank, record, roster
from watcher.assess import assess
from watcher.assess.explain import Explanation, PartRead, explain
from watcher.config.settings import Matching
from watcher.model import Finding, Sign, Tally, Unread, Why

OFFICERS = roster()
SETTINGS = Matching()


def told(tally: Tally, unread: Sequence[Unread] = ()) -> tuple[Finding | None, Explanation]:
    finding = assess(tally, officers=OFFICERS, settings=SETTINGS, unread=unread)
    said = explain(tally, officers=OFFICERS, settings=SETTINGS, unread=unread)
    return finding, said


@pytest.mark.parametrize(
    "tally",
    [
        names_list(40, numbers=True),
        names_list(12),
        names_list(4, misses=3),
        names_list(30, hidden=True, piece=[Sign.STAFF_LIST, Sign.VETTING]),
        Tally(records=(record(3, name(7), number(7, bits=30.0)),), tried=1),
        Tally(records=(record(3, name(7), rank(7), signs=[Sign.POLICE]),)),
        Tally(),
    ],
)
def test_the_first_rule_is_the_findings(tally: Tally) -> None:
    """Severity, rule and title are the finding's; without a finding no rule applies."""
    finding, said = told(tally)
    if finding is None:
        assert said.rules == ()
        return
    first = said.rules[0]
    assert (first.severity, first.rule, first.title) == (
        finding.severity,
        finding.rule,
        finding.title,
    )
    assert first.law
    assert first.law != first.title


def test_a_list_is_told_with_its_numbers() -> None:
    """Rows, ours, by chance and bits are those that the finding was judged by."""
    finding, said = told(names_list(40, misses=10))
    assert finding is not None
    (listed,) = said.lists
    assert (listed.what, listed.distinct, listed.entries, listed.ours) == ("name", 50, 50, 40)
    assert listed.expected == pytest.approx(finding.expected)
    assert listed.bits == pytest.approx(finding.bits)
    assert listed.places == finding.places
    assert (said.told, said.grave) == (24.0, 40.0)


def test_records_are_counted_apart_from_those_that_agree() -> None:
    """Two identifiers of two officers agree with nobody; police is told where it stands."""
    tally = Tally(
        records=(
            record(1, name(1), number(1, bits=30.0), signs=[Sign.POLICE]),
            record(2, name(2), number(2, bits=30.0)),
            record(3, name(3), number(4)),
        ),
        tried=9,
    )
    records = told(tally)[1].records
    assert (records.tried, records.agreeing, records.police, records.sure) == (9, 2, 1, 2)
    assert records.least is not None
    assert records.least < 1e-6
    assert told(Tally())[1].records.least is None


def test_what_was_read_and_what_was_not_are_told() -> None:
    """Also where nothing was found in it."""
    part = PartRead(where="a.csv", kind="table", size=9, rows=2)
    missing = Unread(where="b.pdf", why=Why.ENCRYPTED)
    said = explain(Tally(), officers=OFFICERS, settings=SETTINGS, parts=[part], unread=[missing])
    assert (said.parts, said.unread) == ((part,), (missing,))
    assert "what could not be read may hold more" in said.otherwise


def test_an_own_publication_is_explained_as_one() -> None:
    """By its own rule, and by what would make it a leak as anywhere."""
    tally = names_list(40, columns=("name",), where="page")
    given = {"officers": OFFICERS, "settings": SETTINGS, "published": ("page",)}
    finding = assess(tally, **given)
    said = explain(tally, **given)
    assert finding is not None
    assert (finding.rule, said.rules[0].rule) == ("publication", "publication")
    assert said.rules[0].law.startswith("a place where the force itself publishes")
    assert any(each.startswith("as anywhere else") for each in said.otherwise)
