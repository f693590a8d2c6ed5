"""What notify's tests are made of: a stored alert full of what must not be told, and targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from watcher.api import Secret
from watcher.config.settings import Target
from watcher.model import Delivery, Finding, Severity

NOW = datetime(2026, 11, 18, 14, 36, 20, tzinfo=UTC)
SECRET = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
FORBIDDEN = (
    "Bloggs", "AB123", "ref-17", "ref-18", "list.xlsx", "Sheet1", "/secret/path", "token=",
    "user:pass", "paste.evil.example",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """A stored alert, as the store gives it."""

    id: str = "A-17"
    incident: str = "I-4"
    found_at: datetime = NOW
    source: str = "pastes"
    url: str = "https://user:pass@paste.evil.example:8443/secret/path/Bloggs_AB123?token=x#y"
    context: tuple[str, ...] = ()
    finding: Finding = field(
        default_factory=lambda: Finding(
            severity=Severity.CRITICAL,
            rule="list",
            title="staff list in a hidden sheet",
            count=9431,
            rows=9512,
            expected=0.31,
            bits=812.5,
            officers=("ref-17",),
            possible=(("ref-18", "ref-19"),),
            fields=("surname", "pay_number", "vetting"),
            places=("list.xlsx!/Sheet1 (hidden)!A1:F801",),
            reasons=("9,431 of 9,512 rows are ours",),
        )
    )


def target(
    kind: Literal["webhook", "mattermost", "slack"] = "webhook",
    url: str = "https://127.0.0.1:1/",
    secret: str = SECRET,
) -> Target:
    return Target(name="duty", kind=kind, url=Secret(url), secret=Secret(secret))


def delivery(attempts: int = 0) -> Delivery:
    return Delivery(id="msg_17", alert="A-17", target="duty", attempts=attempts, due_at=NOW)
