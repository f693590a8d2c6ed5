"""What the store's tests are made of: refs, alerts and a book."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from watcher.model import Alert, Evidence, Finding, Ref, Severity, Unread, Why

NOW = datetime(2026, 11, 18, 14, 36, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TARGETS = {"duty": Severity.LOW, "board": Severity.CRITICAL}


def ref(key: str = "a", source: str = "pastes") -> Ref:
    return Ref(source=source, key=key, url=f"https://paste.example/raw/{key}?x=1")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def alert(
    key: str = "a",
    *,
    officers: Iterable[str] = ("1", "2", "3"),
    body: str | None = None,
    severity: Severity = Severity.HIGH,
    file: str | None = None,
) -> Alert:
    """An alert of this key; by default every key has bytes of its own."""
    people = tuple(officers)
    body = key if body is None else body
    return Alert(
        ref=ref(key),
        finding=Finding(
            severity=severity,
            rule="list",
            title="staff list",
            count=len(people),
            rows=12,
            expected=0.25,
            bits=63.5,
            officers=people,
            possible=(("8", "9"),),
            fields=("surname", "pay_number"),
            places=("list.xlsx!/Sheet1 (hidden)!A1:F801",),
            reasons=("3 of 12 rows",),
        ),
        evidence=Evidence(
            file=file or f"2026/11/{sha(key + body)}.warc.gz.age",
            record_id=f"urn:uuid:{key}",
            sha256=sha(body),
            digest=sha(f"sealed {key} {body}"),
            size=4096,
            taken_at=NOW - MINUTE,
        ),
        unread=(Unread(where="list.xlsx!/pictures", why=Why.IMAGE_ONLY),),
    )
