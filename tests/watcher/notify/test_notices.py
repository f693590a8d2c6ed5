"""Cards about the watcher itself: nobody takes one for a leak, or a leak for one."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests.watcher.notify.cards import NOW
from watcher.model import OK, Notice, Severity
from watcher.notify import chat, webhook
from watcher.notify.notices import NO_LEAK, NoticeCard, notice_card


@dataclass(frozen=True)
class Row:
    id: str
    notice: Notice


def card(
    state: str = "blind", title: str = "source pastes is blind", kind: str = "source"
) -> NoticeCard:
    notice = Notice(
        kind=kind,
        subject="pastes",
        state=state,
        severity=Severity.MEDIUM,
        title=title,
        reasons=("https://paste.example/ answered 403 @channel",),
        at=NOW,
    )
    return notice_card(Row("N-4", notice))


@pytest.mark.parametrize("form", [chat.mattermost, chat.slack])
def test_a_chat_says_that_it_is_no_leak(form: object) -> None:
    """In so many words; the severity does not stand where a leak's would."""
    assert callable(form)
    text = json.dumps(form(card()), ensure_ascii=False)
    assert NO_LEAK in text
    assert "WATCHER N-4 – source pastes is blind" in text
    assert "MEDIUM N-4" not in text
    assert "`watcher sources`" in text


@pytest.mark.parametrize("form", [chat.mattermost, chat.slack])
def test_no_text_of_it_links_or_calls(form: object) -> None:
    """What a place or a plug-in wrote is only text here too."""
    assert callable(form)
    text = json.dumps(form(card(title="<!channel> [x](https://a.example)")), ensure_ascii=False)
    assert "https://" not in text
    assert "<!channel>" not in text
    assert "@" not in text


def test_a_webhook_can_tell_it_from_an_alert() -> None:
    """By its type, and by `leak`."""
    whole = json.loads(webhook.notice_body(card()))
    assert whole["type"] == "watcher.notice"
    assert whole["data"]["leak"] is False
    assert (whole["data"]["kind"], whole["data"]["subject"]) == ("source", "pastes")
    assert whole["data"]["state"] == "blind"


def test_the_end_is_recognised_at_a_glance() -> None:
    """What is well again says so first."""
    assert card(OK, "source pastes is well again").heading.startswith("WATCHER well again N-4")
    assert card(kind="canary").command == "watcher doctor"
