"""What an answer's headers ask of us: when to come back, and what to send along then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from watcher.outward import delay_seconds, retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    `after`: seconds that Retry-After names, at most a day; None where it says nothing usable.
    `fresh`: seconds for which the answer says it stays as it is, at most a day; 0 if it does not.
    `etag`, `modified`: validators exactly as received, "" where there is none.
    """

    after: float | None = None
    fresh: float = 0.0
    etag: str = ""
    modified: str = ""

    @classmethod
    def read(cls, headers: Iterable[tuple[str, str]], now: datetime) -> Terms:
        """The terms of these headers; `now` is aware."""
        values: dict[str, str] = {}
        for name, value in headers:
            values.setdefault(name.lower(), value)
        return cls(
            after=retry_after(values.get("retry-after", ""), now),
            fresh=freshness(
                values.get("cache-control", ""),
                values.get("age", ""),
                expires=values.get("expires", ""),
                date=values.get("date", ""),
                now=now,
            ),
            etag=values.get("etag", ""),
            modified=values.get("last-modified", ""),
        )


def freshness(
    cache_control: str, age: str = "", *, expires: str = "", date: str = "", now: datetime
) -> float:
    """
    Seconds of freshness left (RFC 9111 §4.2), 0 where caching is refused.

    max-age, or else Expires less Date (now, where there is none), less Age.
    """
    directives: dict[str, str] = {}
    for directive in cache_control.split(","):
        name, _, value = directive.partition("=")
        directives.setdefault(name.strip().lower(), value.strip().strip('"'))
    if "no-cache" in directives or "no-store" in directives:
        return 0.0
    longest = delay_seconds(directives.get("max-age", ""))
    if "max-age" not in directives and not expires.strip().isdigit():  # "0" is common, and past
        longest = retry_after(expires, _moment(date) or now)
    return max((longest or 0.0) - (delay_seconds(age) or 0.0), 0.0)


def _moment(date: str) -> datetime | None:
    """An HTTP date as a time, None where it is none."""
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
