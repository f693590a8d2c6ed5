from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.notify.cards import FORBIDDEN, NOW, Row
from watcher.notify import Card, card_of, test_card
from watcher.notify.chat import mattermost, slack

LINK = "https://triage.example/{id}"
_SHAPES = pytest.mark.parametrize("shape", [mattermost, slack])


@_SHAPES
@pytest.mark.parametrize("link", [LINK, ""])
def test_a_card_tells_how_much_and_where_to_look_and_no_more(
    shape: Callable[[Card], dict[str, Any]], link: str
) -> None:
    """Severity, id, incident, counts, kinds, source and defanged host; nothing that was found."""
    text = json.dumps(shape(card_of(Row(), link=link)), ensure_ascii=False)
    for told in (
        "CRITICAL A-17", "staff list in a hidden sheet", "I-4", "9,431 (fewer than one by chance)",
        "9,512", "pastes (paste[.]evil[.]example)", "surname, pay_number, vetting",
        "2026-11-18 14:36:20 UTC", "no personal data in this message",
        "https://triage.example/A-17" if link else "`watcher show A-17`",
    ):  # fmt: skip
        assert told in text
    assert not [each for each in FORBIDDEN if each in text]


def test_mattermost_gets_an_attachment_with_a_fallback() -> None:
    """The fallback is required; the title is the link."""
    (attachment,) = mattermost(card_of(Row(), link=LINK))["attachments"]
    assert attachment["fallback"].startswith("CRITICAL A-17")
    assert attachment["title_link"] == "https://triage.example/A-17"
    assert attachment["color"] == "#b3001b"
    assert "title_link" not in mattermost(card_of(Row(), link=""))["attachments"][0]


def test_slack_gets_blocks_with_a_text_and_a_button() -> None:
    """The button is there only if there is somewhere to go."""
    body = slack(card_of(Row(), link=LINK))
    assert [each["type"] for each in body["blocks"]] == [
        "header", "section", "section", "context", "actions",
    ]  # fmt: skip
    assert body["blocks"][-1]["elements"][0]["url"] == "https://triage.example/A-17"
    assert body["text"].startswith("CRITICAL A-17")
    assert slack(card_of(Row(), link=""))["blocks"][-1]["type"] == "context"


_LONG = st.text(min_size=0, max_size=30).map(lambda text: text * 200)


@settings(deadline=None, max_examples=50)
@given(_LONG, st.lists(_LONG, max_size=12).map(tuple), st.lists(_LONG, max_size=12).map(tuple))
def test_a_card_keeps_to_slacks_lengths(
    title: str, reasons: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    """Header 150, section text 3,000, ten fields of 2,000: a longer one would be refused, and lost."""
    card = replace(card_of(Row(), link=LINK), title=title, reasons=reasons, fields=fields)
    header, facts, text, *_ = slack(card)["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert len(facts["fields"]) <= 10
    assert all(len(each["text"]) <= 2000 for each in facts["fields"])
    assert 0 < len(text["text"]["text"]) <= 3000


@_SHAPES
def test_a_test_card_is_harmless(shape: Callable[[Card], dict[str, Any]]) -> None:
    """It says what it is, in every chat."""
    text = json.dumps(shape(test_card(now=NOW)))
    assert "INFO TEST" in text
    assert "nothing was found, nothing is to be done" in text
