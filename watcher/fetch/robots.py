"""
robots.txt: what a website lets us ask for (RFC 9309).

It is fetched on the way of the source that wants to ask, within its host's
budget like everything else, and remembered for a day. Where the place answers
that it has none all is allowed; where it does not answer nothing is, for now
(§2.3.1.4). Scripts and feeds are asked for like people's pages: a place that
talks to programs (an API) has no such file to give, and its kind of source
says so (`website = False`).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from watcher.errors import REFUSED, FetchError, ReadError
from watcher.fetch.address import shown
from watcher.fetch.answer import Ask
from watcher.fetch.budget import Budget, Clock
from watcher.model import Capture
from watcher.outward import canonical

TOKEN = "leak-watcher"  # noqa: S105  # §2.2.1, the product token: that of the User-Agent
LONGEST = 500 * 1024  # bytes, §2.5
KEPT = 86_400.0  # seconds, §2.4
AGAIN = 600.0  # seconds until a file that could not be had is asked for again
REMEMBERED = 4096  # files
LARGEST = 8 << 20  # characters of all of them; what is made of one takes thirty times as much
_NOBODY = "nobody"
# A group's line, with what the parser forgives: no hyphen, no colon.
_GROUP = re.compile(r"(?im)^[^\S\n]*user(?:-|[^\S\n]*)agent(?=[:\s])[^\S\n]*:?[^\S\n]*([^\n#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]*")  # where it ends it is over, whatever follows

Get = Callable[[str, str, int], Awaitable[Capture]]  # source, address, limit → its capture


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us. `pace`: seconds between two requests, 0 where it says none."""

    _file: Protego
    pace: float
    size: int = 0  # characters that it was read from

    @classmethod
    def read(cls, text: str) -> Rules:
        """
        The rules of this text, of which only the first LONGEST characters count.

        Groups are told apart by the whole product token, and those of others
        are one, so that what thousands of them cost is bounded.
        """
        lines = "\n".join(text[:LONGEST].lstrip("\ufeff").splitlines())
        found = Protego.parse(_GROUP.sub(_group, lines))
        return cls(found, found.crawl_delay(TOKEN) or 0.0, len(lines))

    def allow(self, url: URL) -> bool:
        """Whether this address may be asked for."""
        return bool(self._file.can_fetch(str(url), TOKEN))


def _group(line: re.Match[str]) -> str:
    name = line[1].strip()
    if name.startswith("*"):
        return "User-agent: *"
    token = _TOKEN.match(name)
    ours = token is not None and token[0].lower() == TOKEN
    return f"User-agent: {TOKEN if ours else _NOBODY}"


@dataclass(slots=True)
class _Known:
    """`rules` None: the file could not be had, which `problem` says. Good until `until`."""

    rules: Rules | None
    problem: FetchError | None
    until: float


class Robots:
    """
    The robots.txt of all places. `get` fetches one file, politely, for a source.

    What a source met through Tor is known to it alone: `apart` says on whose
    way an address is asked for, "" in clear.
    """

    def __init__(
        self, get: Get, ask: Ask, budget: Budget, clock: Clock, apart: Callable[[str, URL], str]
    ) -> None:
        self._get = get
        self._ask = ask
        self._budget = budget
        self._clock = clock
        self._apart = apart
        self._known: dict[tuple[str, str], _Known] = {}
        self._lines: dict[tuple[str, str], asyncio.Lock] = {}

    async def admit(self, source: str, url: URL) -> None:
        """Return if this source may ask for this address. Raises FetchError."""
        place = str(url.origin())
        at = (place, self._apart(source, url))
        # One asks, the others wait for what it learns.
        async with self._lines.setdefault(at, asyncio.Lock()):
            known = self._known.get(at)
            now = self._clock.monotonic()
            if known is None or known.until <= now:
                known = self._known[at] = await self._learn(source, place, known)
                if len(self._lines) > REMEMBERED or self._size() > LARGEST:
                    self._forget(now)
        if known.rules is None:
            assert known.problem is not None
            raise _unknown(url, known.problem, max(known.until - now, 1.0))
        self._budget.slow(canonical(url.raw_host or ""), known.rules.pace)
        if not known.rules.allow(url):
            raise FetchError(
                f"{shown(url)}: its robots.txt asks not to fetch this; ask its operator for leave, "
                'and say so as robots = "why it is not asked" in the source\'s table',
                retry=False,
                kind=REFUSED,
            )

    async def _learn(self, source: str, place: str, before: _Known | None) -> _Known:
        """What there is to know for the next day. Raises FetchError where nobody could be asked."""
        now = self._clock.monotonic()
        try:
            capture = await self._get(source, f"{place}/robots.txt", LONGEST)
            return _Known(await self._read(capture), None, now + KEPT)
        except FetchError as problem:
            if problem.local or (problem.status is None and problem.after is not None):
                raise  # nobody was asked
            if not _unreachable(problem):
                return _Known(Rules.read(""), None, now + KEPT)
            until = self._clock.monotonic() + max(AGAIN, problem.after or 0.0)
            # §2.4: what was known before counts while nothing newer can be had.
            return _Known(before.rules if before else None, problem, until)

    async def _read(self, capture: Capture) -> Rules:
        if capture.encoding:
            try:
                text = str(await self._ask("text", capture, ""))
            except ReadError:
                raise FetchError(
                    f"{shown(capture.url)}: its content coding is broken", retry=True
                ) from None
        else:
            text = capture.body.open().read().decode("utf-8", "replace")
        return await asyncio.to_thread(Rules.read, text)

    def _size(self) -> int:
        return sum(each.rules.size for each in self._known.values() if each.rules)

    def _forget(self, now: float) -> None:
        self._known = {at: known for at, known in self._known.items() if known.until > now}
        while len(self._known) > REMEMBERED or self._size() > LARGEST:
            del self._known[next(iter(self._known))]
        self._lines = {at: line for at, line in self._lines.items() if line.locked()}


def _unreachable(problem: FetchError) -> bool:
    """
    Whether the place may have a file that we cannot have now (§2.3.1.4).

    Not where it says that there is none (4xx), and not where the address
    leads nowhere that anybody may follow (§2.3.1.2, §2.3.1.3). "Too many", and
    a challenge in the file's place, say nothing of the file.
    """
    if problem.status is None or problem.status < 400:
        return problem.retry
    return problem.status >= 500 or problem.status == 429


def _unknown(url: URL, problem: FetchError, left: float) -> FetchError:
    return FetchError(
        f"{shown(url)}: not asked for while its robots.txt cannot be had ({problem})",
        retry=True,
        after=left,
        kind=problem.kind,
    )
