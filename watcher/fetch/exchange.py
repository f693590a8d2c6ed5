"""
One exchange: a question, its redirects, and the answer's bytes as received.

Every hop is judged and paced like a first request, within one time limit for
all of them. Headers that a source gave go to the first origin only. What began
through Tor stays there, wherever it is redirected; what began in clear is not
redirected to an onion address, whose owner could make one for each who asks,
and know them by it. Nothing is asked for twice: whether and when to come back
is said in the FetchError, and whoever knows the schedule decides.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import aiohttp
from yarl import URL

from watcher.api import Secret
from watcher.errors import FetchError
from watcher.fetch import barred, pictures, verdict
from watcher.fetch.address import admit, parse, shown
from watcher.fetch.body import beginning, received
from watcher.fetch.budget import Budget, Clock
from watcher.fetch.redirects import LASTING, REDIRECTS, target
from watcher.fetch.room import Room
from watcher.fetch.routes import Routes
from watcher.fetch.terms import Terms
from watcher.fetch.way import Ways, permitted
from watcher.model import Body, Capture, Ref
from watcher.outward import canonical

SERVED = frozenset({200, 203})
WITHHELD = "withheld"
TOR = "tor"  # the network of a capture
OURS = frozenset(  # what makes us honest, paced and readable is not a source's to say
    {
        "accept-encoding",
        "connection",
        "content-length",
        "host",
        "if-modified-since",
        "if-none-match",
        "range",
        "transfer-encoding",
        "user-agent",
    }
)
HARMLESS = OURS | {"accept", "accept-language"}  # values that are never a credential
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)  # RFC 9110 §5.6.2, token

Pair = tuple[str, str]
Leave = Callable[[URL], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What to get. `validators` are (etag, modified) by address; empty asks unconditionally.

    `limit`: bytes of body that are kept; what goes beyond is cut. `pace`:
    seconds between two requests to a host. `leave` is asked for each address
    on the way, and raises FetchError where it gives none.
    """

    ref: Ref
    headers: Mapping[str, str]
    validators: Mapping[str, Pair]
    limit: int
    pace: float = 0.0
    leave: Leave | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """
    The capture, whether nothing changed (its body is empty then), and the answer's terms.

    `moved`: every redirect on the way was one for good.
    """

    capture: Capture
    unchanged: bool
    terms: Terms
    moved: bool = False


class Exchanger:
    """
    Carries out exchanges.

    `allowed`: hosts (canonical) that may be private. `seconds`: for one
    exchange with all its hops, not counting what is waited in line; `slow`:
    the same through Tor.
    """

    def __init__(
        self,
        ways: Ways,
        budget: Budget,
        clock: Clock,
        *,
        allowed: frozenset[str],
        redirects: int,
        seconds: float,
        slow: float,
        routes: Routes,
    ) -> None:
        self._ways = ways
        self._budget = budget
        self._clock = clock
        self._allowed = allowed
        self._redirects = redirects
        self._seconds = seconds
        self._slow = slow
        self._routes = routes
        self._room = Room()

    async def carry_out(self, question: Question) -> Reply:
        """The reply to a question. Raises FetchError."""
        url = parse(question.ref.url)
        headers = checked(question.headers, url)
        circuit = self._routes.circuit(question.ref.source, url)
        left = self._seconds if circuit is None else self._slow
        lasting: set[bool] = set()
        for _ in range(self._redirects + 1):
            private = admit(url, self._allowed, tor=circuit is not None)
            if question.leave is not None:
                await question.leave(url)
            await self._budget.turn(canonical(url.raw_host or ""), pace=question.pace)
            started = asyncio.get_running_loop().time()
            answer = await self._hop(question, url, headers, left, circuit, private=private)
            left -= asyncio.get_running_loop().time() - started
            if isinstance(answer, Reply):
                return replace(answer, moved=lasting == {True})
            following, status = answer
            lasting.add(status in LASTING)
            if following.origin() != url.origin():
                headers = {}  # for good: the way back is the other side's choice
            url = following
        raise FetchError(
            f"{shown(question.ref.url)}: redirected more than {self._redirects} times",
            retry=False,
        )

    async def _hop(
        self,
        question: Question,
        url: URL,
        headers: Mapping[str, str],
        left: float,
        circuit: str | None,
        *,
        private: bool,
    ) -> Reply | tuple[URL, int]:
        """One request: a reply, or the address to go on with and the status that says so."""
        session = self._ways.to(url.raw_host or "", circuit=circuit)
        known = question.validators.get(str(url), ("", ""))
        conditions = {
            name: value
            for name, value in zip(("If-None-Match", "If-Modified-Since"), known, strict=True)
            if value
        }
        timeout = aiohttp.ClientTimeout(total=max(left, 0.001))
        host, begun = canonical(url.raw_host or ""), self._clock.monotonic()
        with permitted(private=private) as permit:
            try:
                async with session.get(
                    url,
                    headers={**headers, **conditions},
                    allow_redirects=False,
                    timeout=timeout,
                    trace_request_ctx=partial(self._budget.sent, host),
                ) as response:
                    # Through Tor it is Tor that takes its time.
                    seconds = 0.0 if circuit else self._clock.monotonic() - begun
                    if response.status in REDIRECTS:
                        self._budget.answered(host, seconds)
                        return target(url, response), response.status
                    return await self._reply(
                        question,
                        url,
                        response,
                        seconds=seconds,
                        conditional=bool(conditions),
                        via="" if circuit is None else TOR,
                        blind=self._routes.blind(question.ref.source, circuit),
                    )
            except (aiohttp.ClientError, OSError, ValueError) as problem:
                limit = self._seconds if circuit is None else self._slow
                # Neither message nor chain: they quote what the other side sent.
                raise verdict.lost(
                    self._budget, url, problem, limit, stopped=permit.stopped
                ) from None

    async def _reply(
        self,
        question: Question,
        url: URL,
        response: aiohttp.ClientResponse,
        *,
        seconds: float,
        conditional: bool,
        via: str,
        blind: bool,
    ) -> Reply:
        taken_at = self._clock.now()
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.raw_headers
        )
        terms = Terms.read(headers, taken_at)
        host = canonical(url.raw_host or "")
        unchanged = response.status == 304 and conditional
        if not unchanged and response.status not in SERVED:
            if response.status in barred.STATUSES:
                page = barred.page_of_markup(response.headers)
                data = await beginning(response) if page else b""
                self._judge(response, url, terms, data, whole=False)
            raise verdict.declined(self._budget, url, response.status, terms.after)
        if blind and pictures.named(response.headers.get("Content-Type", "")):
            response.close()
            raise verdict.pictured(url)
        body, cut = Body(b""), False
        if not unchanged:
            body, cut = await received(response, question.limit, blind=blind, room=self._room)
            start = body.open().read(barred.LOOKED_AT + 1)
            self._judge(response, url, terms, start, whole=not cut)
        self._budget.answered(host, seconds)
        return Reply(
            capture=Capture(
                ref=question.ref,
                taken_at=taken_at,
                url=str(url),
                body=body,
                status=response.status,
                reason=_reason(response),
                headers=headers,
                request=_as_sent(response, question.headers),
                encoding=_encoding(headers),
                cut=cut,
                via=via,
            ),
            unchanged=unchanged,
            terms=terms,
        )

    def _judge(
        self,
        response: aiohttp.ClientResponse,
        url: URL,
        terms: Terms,
        data: bytes,
        *,
        whole: bool,
    ) -> None:
        """Raise FetchError if this is a page that keeps us out. Its host is left alone then."""
        whole = whole and len(data) <= barred.LOOKED_AT
        if by := barred.bars(response.status, response.headers, data, whole=whole):
            after = self._budget.hold(
                canonical(url.raw_host or ""), terms.after, why=verdict.BARRED
            )
            raise verdict.barred(url, by, response.status, after)


def checked(headers: Mapping[str, str], url: URL) -> dict[str, str]:
    """The headers, fit to be sent. Raises FetchError: a line break would be a second header."""
    for name, value in headers.items():
        if name.lower() in OURS:
            raise FetchError(
                f"{shown(url)}: a source may not set the header {name.lower()}", retry=False
            )
        if not HEADER_NAME.fullmatch(name) or any(c < " " and c != "\t" for c in value):
            raise FetchError(
                f"{shown(url)}: a header name or value for it holds characters that no header "
                "may (is there a line break in the secret's file?)",
                retry=False,
            )
    return {name: str(value) for name, value in headers.items()}


def _as_sent(response: aiohttp.ClientResponse, given: Mapping[str, str]) -> tuple[Pair, ...]:
    """The request's headers, without the value of anything that may be a credential."""
    secret = {name.lower() for name, value in given.items() if isinstance(value, Secret)}
    return tuple(
        (name, value if name.lower() in HARMLESS - secret else WITHHELD)
        for name, value in response.request_info.headers.items()
    )


def _reason(response: aiohttp.ClientResponse) -> str:
    # The parser decodes as UTF-8 with surrogates; the wire's bytes read as latin-1 fit any file.
    return (response.reason or "").encode("utf-8", "surrogateescape").decode("latin-1")


def _encoding(headers: tuple[Pair, ...]) -> str:
    """The content codings in the order applied (RFC 9110 §8.4), `identity` left out."""
    named = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    codings = (part.strip().lower().removeprefix("x-") for part in named.split(","))
    return ", ".join(coding for coding in codings if coding not in ("", "identity"))
