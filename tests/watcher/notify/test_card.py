from __future__ import annotations

import json
from dataclasses import dataclass, replace

from tests.watcher.notify.cards import FORBIDDEN, NOW, Row
from watcher.model import Severity
from watcher.notify import card_of, chat, test_card, webhook


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


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A digest, as the store gives it."""

    counts: dict[Severity, int]
    incidents: tuple[str, ...]
    sources: tuple[str, ...]
    alerts: tuple[Row, ...]
    suppliers: tuple[str, ...] = ()


MIRRORS = Gathered(
    counts={Severity.CRITICAL: 39},
    incidents=("I-4",),
    sources=("archive", "pastes"),
    alerts=tuple(Row(id=f"A-{at}", url=f"https://m{at}.example/x") for at in range(17, 56)),
)


def test_a_digest_says_how_many_how_severe_and_where_to_look() -> None:
    """Led by its most severe alert; hosts only, and not all of forty."""
    card = card_of(Row(), link="", digest=MIRRORS)
    assert not [each for each in FORBIDDEN if each in repr(card)]
    assert card.title == "39 documents of I-4: staff list in a hidden sheet"
    assert card.reasons[0] == "39 critical"
    assert card.reasons[1].startswith("at m17[.]example, m18[.]example")
    assert card.reasons[1].endswith(" and 29 more")
    assert card.command == "watcher alerts --incident I-4"
    assert (card.id, len(card.alerts)) == ("A-17", 39)
    first = replace(
        MIRRORS,
        counts={Severity.HIGH: 2, Severity.LOW: 15},
        incidents=("I-4", "I-5"),
        sources=("pastes",),
    )
    card = card_of(Row(), link="", digest=first)
    assert card.title == "17 alerts from pastes; the most severe: staff list in a hidden sheet"
    assert card.reasons[0] == "2 high, 15 low; 2 incidents"
    assert card.command == "watcher alerts --source pastes"
    assert json.loads(webhook.body(card))["type"] == "watcher.digest"
    assert json.loads(webhook.body(card))["data"]["counts"] == {"high": 2, "low": 15}
    shown = json.dumps(
        [chat.slack(card), chat.mattermost(replace(card, link="https://t.example/"))]
    )
    assert shown.count("watcher alerts --source pastes") >= 2


def test_suppliers_are_called_what_the_operator_calls_them() -> None:
    """One by its reason, those of a digest together; a receiver of JSON has all of them."""
    found = replace(
        Row().finding, called=("Example Card Ltd",), reasons=("names Example Card Ltd",)
    )
    card = card_of(Row(finding=found), link="")
    assert (card.suppliers, card.reasons) == (("Example Card Ltd",), ("names Example Card Ltd",))
    many = tuple(f"Firm {at:02}" for at in range(12))
    card = card_of(Row(finding=found), link="", digest=replace(MIRRORS, suppliers=many))
    assert "together they name Firm 00, " in card.reasons[2]
    assert card.reasons[2].endswith("Firm 09 and 2 more")
    assert json.loads(webhook.body(card))["data"]["suppliers"] == list(many)


def test_what_the_store_knows_besides_is_a_reason() -> None:
    """Where an address was found, and whose update it is."""
    row = Row(context=("its address was named in the document of A-3 (source chats)",))
    assert card_of(row, link="").reasons[-1] == row.context[0]
