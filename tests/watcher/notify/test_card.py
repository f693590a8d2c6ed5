from __future__ import annotations

from tests.watcher.notify.cards import FORBIDDEN, NOW, Row
from watcher.model import Severity
from watcher.notify import card_of, test_card


def test_a_card_has_no_place_for_what_was_found() -> None:
    """No officer refs, no places in the document, no address but its host."""
    card = card_of(Row(), link="https://triage.example/alerts/{id}")
    assert not [each for each in FORBIDDEN if each in repr(card)]
    assert (card.id, card.incident, card.severity) == ("A-17", "I-4", Severity.CRITICAL)
    assert (card.host, card.link) == (
        "paste[.]evil[.]example",
        "https://triage.example/alerts/A-17",
    )
    assert card_of(Row(), link="").command == "watcher show A-17"


def test_a_test_card_says_that_it_is_one() -> None:
    """Nobody must run for it."""
    card = test_card(now=NOW)
    assert card.test
    assert card.severity is Severity.INFO
    assert "nothing was found" in card.title
    assert card.count == 0
