"""
One stored alert to one target.

Only 2xx is success; a redirect is a failure (followed, it would become a GET
without the body and look delivered). Whether to come back is said here, when
is the caller's. Addresses and answers are secrets: nothing of them is repeated.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from watcher import outward
from watcher.config.settings import Network, Notify, Target
from watcher.errors import ConfigError
from watcher.model import Delivery
from watcher.notify import chat, webhook
from watcher.notify.card import Card, Stored, Together, card_of, test_card
from watcher.notify.notices import NoticeCard, StoredNotice, notice_card

if TYPE_CHECKING:
    import aiohttp

TIMEOUT = 20.0  # seconds for the whole exchange; the specification says 15 to 30
_THROTTLED = {429, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """
    What came of one attempt.

    `retry`: whether to come back; `after`: not before so many seconds, where
    the target said so. `gone`: it wants no more of this (410). `said` is for a
    log: no address, nothing of the answer's body.
    """

    ok: bool
    retry: bool = False
    after: float | None = None
    gone: bool = False
    said: str = ""


class Teller:
    """
    The way to the targets, by the network's rules: an async context manager.

    Raises ConfigError when made with a webhook whose secret is too short or a
    `proxy` that is none, and when entered with a `ca_file` that cannot be loaded.
    """

    def __init__(self, network: Network, notify: Notify, *, timeout: float = TIMEOUT) -> None:
        for target in notify.targets.values():
            check_target(target)
        self._network = network
        self._proxy = outward.proxy(network)
        self._link = notify.link
        self._timeout = timeout
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        import aiohttp

        trust = outward.tls(self._network)

        def session(proxy: str | None) -> aiohttp.ClientSession:
            return aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=trust, force_close=True),
                timeout=aiohttp.ClientTimeout(total=self._timeout),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "leak-watcher"},
                auto_decompress=False,
                trust_env=False,
                proxy=proxy,
            )

        self._direct = await self._stack.enter_async_context(session(None))
        self._out = (
            await self._stack.enter_async_context(session(self._proxy))
            if self._proxy
            else self._direct
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def send(
        self,
        target: Target,
        row: Stored,
        *,
        delivery: Delivery,
        now: datetime,
        digest: Together | None = None,
    ) -> Sent:
        """
        Tell this target of a stored alert, once. Never raises for what the target does.

        `digest`: those that this delivery tells of with it.
        """
        card = card_of(row, link=self._link, digest=digest)
        return await send(target, card, session=self._way(target), delivery=delivery, now=now)

    async def notify(
        self, target: Target, row: StoredNotice, *, delivery: Delivery, now: datetime
    ) -> Sent:
        """Tell this target something about the watcher, once. Never raises for what the target does."""
        way = self._way(target)
        return await send(target, notice_card(row), session=way, delivery=delivery, now=now)

    async def test(self, target: Target, *, now: datetime) -> Sent:
        """Send this target a harmless card that says so."""
        delivery = Delivery(
            id=f"test_{uuid.uuid4().hex}", alert="TEST", target=target.name, attempts=0, due_at=now
        )
        card = test_card(now=now)
        return await send(target, card, session=self._way(target), delivery=delivery, now=now)

    def _way(self, target: Target) -> aiohttp.ClientSession:
        """Past the proxy for hosts that `no_proxy` names."""
        try:
            host = urlsplit(target.url).hostname or ""
        except ValueError:
            host = ""  # it cannot be reached, on whichever way
        return self._direct if outward.direct(self._network, host) else self._out


async def send(
    target: Target,
    card: Card | NoticeCard,
    *,
    session: aiohttp.ClientSession,
    delivery: Delivery,
    now: datetime,
) -> Sent:
    """One attempt over this session. Raises ConfigError for a webhook's secret too short."""
    import aiohttp

    content, headers = _message(target, card, delivery, now)
    try:
        async with session.post(
            target.url, data=content, headers=headers, allow_redirects=False
        ) as response:
            return _judged(response.status, response.headers, now)  # the body is left unread
    except TimeoutError:
        return Sent(ok=False, retry=True, said="no answer in time")
    except (aiohttp.ClientError, OSError, ValueError) as problem:
        return Sent(ok=False, retry=True, said=f"cannot be reached ({type(problem).__name__})")


def check_target(target: Target) -> None:
    """Raises ConfigError, with the target's place in the configuration, where it could never be told."""
    if target.kind == "webhook":
        try:
            webhook.secret_bytes(target.secret)
        except ConfigError as problem:
            raise ConfigError(f"notify.targets.{target.name}.secret: {problem}") from None


def _message(
    target: Target, card: Card | NoticeCard, delivery: Delivery, now: datetime
) -> tuple[bytes, dict[str, str]]:
    headers = {"Content-Type": "application/json"}
    match target.kind:
        case "webhook":
            content = (
                webhook.notice_body(card) if isinstance(card, NoticeCard) else webhook.body(card)
            )
            headers |= webhook.headers(content, id=delivery.id, secret=target.secret, now=now)
        case "mattermost":
            content = json.dumps(chat.mattermost(card)).encode("ascii")
        case "slack":
            content = json.dumps(chat.slack(card)).encode("ascii")
    return content, headers


def _judged(status: int, headers: Mapping[str, str], now: datetime) -> Sent:
    said = f"answered {status}"
    if 200 <= status < 300:
        return Sent(ok=True, said=said)
    if status == 410:
        return Sent(ok=False, gone=True, said=f"{said}: it wants no more of this")
    if 300 <= status < 400:
        return Sent(
            ok=False, retry=True, said=f"{said}: a redirect is not followed; give the new address"
        )
    throttled = status in _THROTTLED
    after = outward.retry_after(headers.get("Retry-After", ""), now) if throttled else None
    return Sent(ok=False, retry=True, after=after, said=said)
