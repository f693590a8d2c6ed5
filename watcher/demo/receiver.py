"""
The other end of a webhook: checks the signature, keeps the card in memory.

Written from Standard Webhooks 1.0.0 and not from the sender's code, so that
the two agree only if both keep to the specification.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from watcher.demo.site import serve

if TYPE_CHECKING:
    from aiohttp import web

TOLERANCE = (
    300  # seconds that a timestamp may be off; the specification's own libraries allow as much
)
PREFIX = "whsec_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One message that arrived. `id` is the sender's, the same for a repeat."""

    id: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def data(self) -> Mapping[str, Any]:
        """What the message is about: its `data`, or nothing where it has none."""
        data = self.body.get("data")
        return data if isinstance(data, dict) else {}


class Receiver:
    """
    Takes POSTs at `address` while the `async with` lasts.

    `cards`: each message once, in the order of arrival. `refused`: how many
    came without a signature that holds. `now`: seconds since the epoch.
    """

    def __init__(self, secret: str, *, now: Callable[[], float] = time.time) -> None:
        self.address = ""
        self.cards: list[Card] = []
        self.refused = 0
        self._secret = secret
        self._now = now
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        from aiohttp import web

        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner, address = await serve(app)
        self.address = f"{address}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        from aiohttp import web

        body = await request.read()
        if not signed(self._secret, request.headers, body, now=self._now()):
            self.refused += 1
            return web.Response(status=401)
        card = Card(id=request.headers["webhook-id"], body=json.loads(body))
        if all(card.id != known.id for known in self.cards):
            self.cards.append(card)
        return web.Response(status=204)


def signed(secret: str, headers: Mapping[str, str], body: bytes, *, now: float) -> bool:
    """
    Whether one of the signatures is HMAC-SHA-256 of `id.timestamp.body` under this secret.

    `secret` is base64, with or without `whsec_`. A message older or newer than
    five minutes is refused, whatever its signature.
    """
    mark, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not mark or not sent.isdecimal() or abs(now - int(sent)) > TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix(PREFIX))
    right = hmac.digest(key, f"{mark}.{sent}.".encode() + body, hashlib.sha256)
    for signature in headers.get("webhook-signature", "").split():
        version, _, text = signature.partition(",")
        try:
            given = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            continue
        if version == "v1" and hmac.compare_digest(given, right):
            return True
    return False
