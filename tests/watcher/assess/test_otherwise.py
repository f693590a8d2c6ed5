"""The rules in words, and what is missing to the next one."""

from __future__ import annotations

import pytest

from watcher.assess.otherwise import law, otherwise
from watcher.assess.signal import Reason, Signal, Topic
from watcher.config.settings import Matching
from watcher.model import Severity, Unread, Why

SETTINGS = Matching(list_bits=41.0, names_bits=23.0)


def signal(rule: str, severity: Severity, *, bits: float = 0.0, hidden: bool = False) -> Signal:
    return Signal(
        severity=severity,
        rule=rule,
        title="a title",
        bits=bits,
        people=frozenset({frozenset({1}), frozenset({2})}),
        reasons=(Reason(Topic.HIDDEN, "the sheet is hidden"),) if hidden else (),
    )


def said(*signals: Signal, most: float | None = None, least: float | None = None) -> str:
    return "; ".join(otherwise(signals, settings=SETTINGS, most=most, least=least, unread=()))


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ("list", Severity.CRITICAL),
        ("list", Severity.MEDIUM),
        ("numbers", Severity.CRITICAL),
        ("person", Severity.HIGH),
        ("secret", Severity.HIGH),
        ("structure", Severity.MEDIUM),
        ("supplier", Severity.MEDIUM),
        ("unread", Severity.MEDIUM),
        ("mention", Severity.LOW),
    ],
)
def test_every_severity_has_its_law(rule: str, severity: Severity) -> None:
    """In words, with the configured bits filled in."""
    words = law(signal(rule, severity), SETTINGS)
    assert words != "a title"
    assert "{" not in words
    if (rule, severity) == ("list", Severity.CRITICAL):
        assert "41 bits" in words


def test_a_hidden_part_is_told_by_the_law_of_an_open_one() -> None:
    """One step higher, and it says so."""
    words = law(signal("structure", Severity.HIGH, hidden=True), SETTINGS)
    assert words.startswith("a table shaped like a staff list")
    assert words.endswith("hidden parts count one step higher")
    assert "one step lower if it were not hidden" in said(
        signal("structure", Severity.HIGH, hidden=True)
    )


def test_what_a_list_lacks_is_told_in_bits() -> None:
    """And in rows like those that it has."""
    assert "medium from 23 bits on (11.0 more, about 2 more rows" in said(
        signal("list", Severity.INFO, bits=12.0)
    )
    grave = said(signal("list", Severity.MEDIUM, bits=30.0))
    assert "critical from 41 bits on (11.0 more" in grave
    assert "a second identifier" in grave
    enough = said(signal("list", Severity.MEDIUM, bits=50.0))
    assert enough.startswith("critical with what a list for the public would not show")
    assert "names alone" in said(signal("list", Severity.CRITICAL, bits=50.0))


def test_nothing_found_says_how_far_off_it_was() -> None:
    """The strongest list, and the record least likely to be an accident."""
    words = said(most=-3.5, least=0.02)
    assert "the strongest here has -3.5" in words
    assert "0.02" in words
    assert "no record holds" in said()


def test_somebody_sure_needs_no_bound_of_accidents() -> None:
    """It has been passed."""
    assert "accidents" not in said(signal("person", Severity.HIGH), least=1e-9)


def test_what_was_not_read_may_hold_more() -> None:
    """Once, whatever was found."""
    told = otherwise(
        [],
        settings=SETTINGS,
        most=None,
        least=None,
        unread=[Unread(where="", why=Why.BROKEN)] * 2,
    )
    assert told.count("what could not be read may hold more") == 1
