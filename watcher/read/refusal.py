"""The closed list of reasons for which a body cannot be read as it was asked for."""

from __future__ import annotations

# The service composes its message from these words: a worker's own could carry content.
REASONS = {
    "feed": "the body is no feed that is known (RSS, Atom, JSON Feed)",
    "json": "the body is not JSON",
    "css": "the selector is not CSS that can be read",
    "pattern": "the pattern is not a regular expression that can be read",
    "path": "the path is not a JMESPath expression, or does not fit what it is applied to",
    "page": "the page is beyond what the parser can hold",
    "encoding": "the content encoding is unknown, broken, or expands beyond the limits",
    "large": "the answer is beyond what a worker may hand over; ask for less of the page",
    "operation": "no such operation",
    "limit": "reading it took longer, or more memory, than [read] allows",
    "lost": "the reading worker was lost over it, twice",
    "gone": "the body is no longer there",
}


class Refused(Exception):
    """A body cannot be read so; `reason` is a key of REASONS."""

    def __init__(self, reason: str) -> None:
        assert reason in REASONS
        super().__init__(reason)
        self.reason = reason
