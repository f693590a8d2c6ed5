from __future__ import annotations

import pytest

from watcher.assess.signal import RULES, Signal, raised
from watcher.model import Severity


@pytest.mark.parametrize("severity", list(Severity))
def test_hidden_counts_one_step_higher(severity: Severity) -> None:
    """Critical stays."""
    assert raised(severity, hidden=False) is severity
    assert raised(severity, hidden=True) == min(severity + 1, Severity.CRITICAL)


def test_severity_goes_before_rule_and_rule_before_bits() -> None:
    mention = Signal(severity=Severity.HIGH, rule="mention", title="")
    listed = Signal(severity=Severity.MEDIUM, rule="list", title="", bits=30)
    numbers = Signal(severity=Severity.MEDIUM, rule="numbers", title="", bits=300)
    echo = Signal(severity=Severity.MEDIUM, rule="list", title="", bits=999, echo=True)
    order = sorted([echo, numbers, mention, listed], key=Signal.strength, reverse=True)
    assert order == [mention, listed, numbers, echo]


def test_rules_are_those_of_findings() -> None:
    assert set(RULES) == {
        "list",
        "numbers",
        "person",
        "structure",
        "publication",
        "supplier",
        "secret",
        "unread",
        "mention",
    }
