"""What is told of the watcher itself: plainly that, and not a leak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from watcher.model import OK, Notice, Severity

NO_LEAK = "this is about the watcher itself: no leak was found"


class StoredNotice(Protocol):
    """What a stored notice has that a card is made from."""

    @property
    def id(self) -> str: ...
    @property
    def notice(self) -> Notice: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCard:
    """One notice as it may leave the house."""

    id: str
    notice: Notice

    @property
    def severity(self) -> Severity:
        return self.notice.severity

    @property
    def heading(self) -> str:
        """`WATCHER N-4 – source pastes is blind`; its severity stands in no leak's place."""
        well = " well again" if self.notice.state == OK else ""
        return f"WATCHER{well} {self.id} – {self.notice.title}"

    @property
    def about(self) -> str:
        """`source pastes`, `canary`."""
        return f"{self.notice.kind} {self.notice.subject}".strip()

    @property
    def command(self) -> str:
        """What shows more."""
        return "watcher sources" if self.notice.kind in ("source", "sources") else "watcher doctor"


def notice_card(row: StoredNotice) -> NoticeCard:
    """The card of a stored notice."""
    return NoticeCard(id=row.id, notice=row.notice)
