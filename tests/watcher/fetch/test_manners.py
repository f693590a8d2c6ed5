"""How each source behaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from watcher.config.settings import SourceTable
from watcher.fetch.manners import Manners


def manners(kind: str = "listing", **given: object) -> Manners:
    table = SourceTable(name="a", kind=kind, enabled=True, options={}, **given)  # type: ignore[arg-type]  # fields
    return Manners({"a": table})


@pytest.mark.parametrize(
    ("kind", "robots", "asks"),
    [
        ("listing", "", True),
        ("feed", "", True),
        ("json", "", False),
        ("folder", "", False),
        ("stream", "", False),
        ("stream", "honoured", True),
        ("of a stranger", "", True),
        ("listing", "leave from its operator", False),
        ("json", "honoured", True),
        ("listing", "honoured", True),
    ],
)
def test_websites_are_asked_for_their_rules(kind: str, robots: str, asks: bool) -> None:
    """An API has none; a reason stands against it, and what is not known is polite."""
    assert manners(kind, robots=robots).asks("a") == asks


def test_a_person_reads_the_rules_themselves() -> None:
    """What is asked for by hand is no source's."""
    assert not manners().asks("scan")
    assert manners().pace("scan") == 0.0


def test_a_source_has_its_pace() -> None:
    """In seconds; 0 where it says nothing."""
    assert manners(pace=timedelta(seconds=90)).pace("a") == 90.0
    assert manners().pace("a") == 0.0
