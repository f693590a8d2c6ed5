"""
The signed JSON webhook (Standard Webhooks 1.0.0, standardwebhooks.com).

Signed is `id.timestamp.body` with HMAC-SHA256. The id is the delivery's and
stays over repeats, so that a receiver can drop them; the timestamp is the
attempt's. The body is the same each time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime

from watcher.errors import ConfigError
from watcher.notify.card import Card
from watcher.notify.notices import NoticeCard
from watcher.notify.plain import plain

LEAST_SECRET = 24  # bytes; the specification's lower bound
_PREFIX = "whsec_"


def notice_body(card: NoticeCard) -> bytes:
    """The JSON of a notice (`watcher.notice`): of the watcher itself, never of a leak."""
    notice = card.notice
    at = notice.at.astimezone(UTC).isoformat(timespec="seconds")
    data = {
        "id": card.id,
        "leak": False,
        "kind": plain(notice.kind, 100),
        "subject": plain(notice.subject, 100),
        "state": plain(notice.state, 100),
        "severity": str(notice.severity),
        "title": plain(notice.title, 300),
        "reasons": [plain(each, 300) for each in notice.reasons],
        "at": at,
        "command": card.command,
    }
    whole = {"type": "watcher.notice", "timestamp": at, "data": data}
    return json.dumps(whole, separators=(",", ":")).encode("ascii")


def body(card: Card) -> bytes:
    """The JSON of an alert (`watcher.alert`), a digest (`watcher.digest`) or a test (`watcher.test`)."""
    found_at = card.found_at.astimezone(UTC).isoformat(timespec="seconds")
    data = {
        "id": card.id,
        "incident": card.incident,
        "severity": str(card.severity),
        "rule": plain(card.rule, 100),
        "title": plain(card.title, 300),
        "count": card.count,
        "rows": card.rows,
        "expected_by_chance": card.expected,
        "bits": card.bits,
        "source": plain(card.source, 100),
        "host": card.host,
        "found_at": found_at,
        "fields": [plain(each, 60) for each in card.fields],
        "suppliers": [plain(each, 100) for each in card.suppliers],
        "reasons": [plain(each, 300) for each in card.reasons],
        "link": card.link or None,
        "command": card.command,
    }
    kind = "watcher.test" if card.test else "watcher.alert"
    if card.alerts:
        kind = "watcher.digest"
        counts = {str(severity): many for severity, many in card.counts}
        data |= {"alerts": list(card.alerts), "counts": counts}
    whole = {"type": kind, "timestamp": found_at, "data": data}
    return json.dumps(whole, separators=(",", ":")).encode("ascii")


def secret_bytes(secret: str) -> bytes:
    """
    The key behind `whsec_` and base64, or the text itself.

    Raises ConfigError if it is not base64 or shorter than 24 bytes.
    """
    try:
        key = (
            base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
            if secret.startswith(_PREFIX)
            else secret.encode()
        )
    except binascii.Error:
        raise ConfigError(
            "the secret is not base64 after whsec_; make one with `openssl rand -base64 32`"
        ) from None
    if len(key) < LEAST_SECRET:
        raise ConfigError(
            f"the secret has {len(key)} bytes, a signed webhook needs {LEAST_SECRET} or more;"
            " make one with `openssl rand -base64 32` and put whsec_ before it"
        )
    return key


def headers(content: bytes, *, id: str, secret: str, now: datetime) -> dict[str, str]:  # noqa: A002  # the noun's own word
    """The headers of this attempt. Raises ConfigError for a secret too short."""
    timestamp = str(int(now.timestamp()))
    signed = b".".join((id.encode("ascii"), timestamp.encode("ascii"), content))
    digest = hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode('ascii')}",
    }
