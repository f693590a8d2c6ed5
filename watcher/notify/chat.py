"""
Cards as Mattermost and Slack show them.

Mattermost: message attachments (developers.mattermost.com, "Message
attachments"), `fallback` required. Slack: Block Kit (docs.slack.dev, "Blocks"):
header 150 characters, section text 3,000, ten fields of 2,000, `text` as the
fallback of notifications. Both render & < > as entities.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from watcher.model import Severity
from watcher.notify.card import Card
from watcher.notify.notices import NO_LEAK, NoticeCard
from watcher.notify.plain import escaped

_COLOURS = {
    Severity.INFO: "#6c757d",
    Severity.LOW: "#3d7ea6",
    Severity.MEDIUM: "#d9a400",
    Severity.HIGH: "#d9631e",
    Severity.CRITICAL: "#b3001b",
}
_FOOT = "no personal data in this message"
_HEADER = 150
_VALUE = 300


def mattermost(card: Card | NoticeCard) -> dict[str, Any]:
    """The body for an incoming webhook of Mattermost."""
    title = _title(card)
    linked = {"title_link": _link(card)} if _link(card) else {}
    attachment = {
        "fallback": f"{title} · {_where_to_look(card)}",
        "color": _COLOURS[card.severity],
        "title": title,
        **linked,
        "text": _text(card),
        "fields": [{"short": True, "title": name, "value": value} for name, value in _facts(card)],
        "footer": _foot(card),
    }
    return {"attachments": [attachment]}


def slack(card: Card | NoticeCard) -> dict[str, Any]:
    """The body for an incoming webhook of Slack."""
    title = _title(card)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}},
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": f"*{name}*\n{value}", "verbatim": True}
                for name, value in _facts(card)
            ],
        },
        {"type": "section", "text": {"type": "mrkdwn", "text": _text(card), "verbatim": True}},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": _foot(card), "verbatim": True}],
        },
    ]
    if link := _link(card):
        text = {"type": "plain_text", "text": "Open", "emoji": False}
        button = {"type": "button", "text": text, "url": link}
        blocks.append({"type": "actions", "elements": [button]})
    return {"text": f"{title} · {_where_to_look(card)}", "blocks": blocks}


def _title(card: Card | NoticeCard) -> str:
    if isinstance(card, NoticeCard):
        return escaped(card.heading, _HEADER)
    return escaped(f"{str(card.severity).upper()} {card.id} – {card.title}", _HEADER)


def _link(card: Card | NoticeCard) -> str:
    """An alert's page; a notice has none."""
    return "" if isinstance(card, NoticeCard) else card.link


def _foot(card: Card | NoticeCard) -> str:
    return NO_LEAK if isinstance(card, NoticeCard) else _FOOT


def _text(card: Card | NoticeCard) -> str:
    told = card.notice.reasons if isinstance(card, NoticeCard) else card.reasons
    reasons = [f"• {escaped(reason, _VALUE)}" for reason in told[:8]]
    return "\n".join([*reasons, _where_to_look(card)])


def _where_to_look(card: Card | NoticeCard) -> str:
    if isinstance(card, NoticeCard):
        return f"`{card.command}`"
    return f"`{card.command}`" if card.test or card.listing or not card.link else card.link


def _facts(card: Card | NoticeCard) -> list[tuple[str, str]]:
    """At most seven; Slack takes ten."""
    if isinstance(card, NoticeCard):
        facts = [
            ("About", card.about),
            ("State", card.notice.state),
            ("Told", f"{card.notice.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"),
        ]
        return [(name, escaped(value, _VALUE)) for name, value in facts]
    facts = [
        ("Incident", card.incident),
        ("Source", f"{card.source} ({card.host})" if card.host else card.source),
        ("Found", f"{card.found_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"),
    ]
    if card.count:
        facts.append(("People", f"{card.count:,}{_chance(card)}"))
    if card.rows > 1:
        facts.append(("Rows", f"{card.rows:,}"))
    if card.fields:
        facts.append(("Kinds of data", ", ".join(card.fields)))
    return [(name, escaped(value, _VALUE)) for name, value in facts]


def _chance(card: Card) -> str:
    """How many of a list would be there by accident; one record has its own words for that."""
    if card.rows <= 1:
        return ""
    few = "fewer than one" if card.expected < 1 else f"about {card.expected:,.0f}"
    return f" ({few} by chance)"
