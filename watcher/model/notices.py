"""What is told of the watcher itself: that it went blind somewhere, or sees again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watcher.model.outcomes import Severity

OK = "ok"
"""The state of a subject with which nothing is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """
    Something about the watcher, told when it changes. Never a leak, and nothing of a document.

    `kind` and `subject` say what it is about (`source` and its name; a kind
    that there is once has the subject ""), `state` how that is now; `OK` ends
    what was told before. Told once for each change of state or severity.
    """

    kind: str
    subject: str = ""
    state: str
    severity: Severity
    title: str
    reasons: tuple[str, ...] = ()
    at: datetime
