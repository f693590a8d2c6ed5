"""All that a document shows."""

from __future__ import annotations

from tests.watcher.assess.tallies import mail, names_list, record, roster
from watcher.assess.case import Case
from watcher.assess.shown import signals
from watcher.config.settings import Matching
from watcher.model import Severity, Sign, Tally


def test_the_strongest_stands_first() -> None:
    """By severity; each with the severity that it would have alone."""
    tally = names_list(20, where="a") + Tally(records=(record(200, mail(30), signs={Sign.SECRET}),))
    found = signals(Case.of(tally, roster()), settings=Matching())
    assert [(each.rule, each.severity) for each in found] == [
        ("secret", Severity.HIGH),
        ("list", Severity.MEDIUM),
        ("mention", Severity.INFO),
    ]


def test_a_publication_is_capped_here() -> None:
    case = Case.of(names_list(20, where="a"), roster())
    (found,) = signals(case, settings=Matching(), published=["a"])
    assert (found.rule, found.severity) == ("publication", Severity.MEDIUM)
    (listed,) = signals(case, settings=Matching(), published=["a"], leak_listing=True)
    assert listed.rule == "list"
