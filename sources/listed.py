"""
What the sources that read a listing have in common.

Keys that tell items apart, addresses made from keys, credentials that stay at
home, when a document that may change in place is looked at again, and the two
promises by which a broken listing is told from a quiet day:
the texts that must be there, and how many items there always are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from sources.refusals import accepted
from watcher.api import (
    Answer,
    Body,
    Capture,
    ConfigError,
    ReadError,
    Ref,
    Secret,
    SourceError,
    Web,
)

LONGEST_KEY = 500  # characters; a longer one is known by its SHA-256
# What may stand in a path or a query as it is: keys mostly come out of
# addresses, where everything else is percent-encoded already.
AS_IT_IS = "/%:@!$'()*,;=+~"


def bounded(key: str) -> str:
    """The key itself, or its SHA-256 in hexadecimal if it is too long to be one."""
    if len(key) <= LONGEST_KEY:
        return key
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class Keys:
    """
    The keys of one listing, each given once.

    Some places give different items the same key. The second is told apart by
    its content, because an item that is dropped is a leak that nobody reads.
    """

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def take(self, key: str, content: str = "") -> str:
        """The key to use for this item, or "" if the same item was listed already."""
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        for candidate in (bounded(key), bounded(f"{bounded(key)} {digest[:16]}")):
            if candidate not in self._given:
                self._given[candidate] = digest
                return candidate
            if self._given[candidate] == digest:
                return ""
        return ""


RECHECKED = 50  # the first so many listed
SHORTEST = timedelta(minutes=5)


def check_recheck(every: timedelta | None) -> None:
    """Raise ConfigError if documents would be fetched again more often than is polite."""
    if every is not None and every < SHORTEST:
        raise ConfigError('recheck: must be 5 minutes or more, e.g. "1h"')


def version(listed: str, key: str, *, place: int, at: datetime, recheck: timedelta | None) -> str:
    """
    The version of an item: what its listing says, and where it is looked at again the turn it is in.

    Many places edit a document without a word in their listing. With `recheck`
    the first RECHECKED items listed (`place`, from 0) get another version every
    so often, each at a time of its own, and so are fetched again; one whose
    bytes are the same is not read again.
    """
    if recheck is None or place >= RECHECKED:
        return listed
    length = recheck.total_seconds()
    phase = int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:4]) / 2**32
    return f"{listed} turn {int(at.timestamp() / length + phase)}".lstrip()


UNEDITED = "unedited"
"""The version of an item whose place tells versions, and none of this one: what is edited gets its first."""

PAGE = "{page}"  # in a listing's address: the number of its page, from 1
MOST_PAGES = 20


def check_pages(pages: int, *, numbered: bool) -> None:
    """Raise ConfigError unless so many pages can be asked for. `numbered`: PAGE is in the address."""
    if not 1 <= pages <= MOST_PAGES:
        raise ConfigError(f"pages: must be from 1 to {MOST_PAGES}")
    if pages > 1 and not numbered:
        raise ConfigError(f'pages: needs "{PAGE}" in `url`, or all of them would be the same')


def check_address(key: str, url: str) -> None:
    """Raise ConfigError unless this is an http(s) address without a user in it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(f'{key}: needs an http or https address, e.g. "https://site.example/new"')
    if parts.username is not None:
        raise ConfigError(f"{key}: holds a user or password; put secrets under `headers`")


def check_template(key: str, template: str) -> None:
    """Raise ConfigError unless `{key}` stands in the address, and not in its host."""
    if "{key}" not in template:
        raise ConfigError(f'{key}: needs "{{key}}" in it, e.g. "https://paste.example/raw/{{key}}"')
    check_address(key, template)
    if "{key}" in urlsplit(template).netloc:
        raise ConfigError(f'{key}: "{{key}}" may not be in the host: it comes from the page')


def check_pattern(key: str, pattern: str) -> None:
    """Raise ConfigError unless this is a regular expression."""
    try:
        re.compile(pattern)
    except re.error as problem:
        raise ConfigError(f"{key}: is not a regular expression ({problem})") from problem


def filled(template: str, key: str) -> str:
    """The address that a template gives for a key. What would end its place (`?`, `#`, `&`) is encoded."""
    return template.replace("{key}", quote(key, safe=AS_IT_IS, errors="replace"))


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port (RFC 6454)."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        return parts.scheme, parts.hostname or "", port
    except ValueError:
        return "", "", None


async def document(
    web: Web,
    ref: Ref,
    headers: Mapping[str, Secret],
    homes: Sequence[str],
    refusals: Mapping[str, str] = MappingProxyType({}),
) -> Capture:
    """The document behind a ref (see `behind`). Raises FetchError."""
    return replace((await behind(web, ref, headers, homes, refusals)).capture, ref=ref)


async def behind(
    web: Web,
    ref: Ref,
    headers: Mapping[str, Secret],
    homes: Sequence[str],
    refusals: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """
    What the place answers for a ref. Raises FetchError, for its `refusals` as well.

    `headers` go along only if it lies at the origin of one of `homes`: pages
    list links to anywhere, and a credential must not follow them.
    """
    at_home = origin(ref.url) in {origin(home) for home in homes if home}
    answer = await web.get(ref.url, headers=headers if at_home else None)
    await accepted(answer, refusals)
    return answer


def resource(listing: Capture, ref: Ref, content: str, kind: str) -> Capture:
    """Content that the listing itself carries, as a capture of its own. `kind`: media type."""
    return Capture(
        ref=ref,
        taken_at=listing.taken_at,
        url=ref.url,
        body=Body(content.encode("utf-8", "replace")),
        headers=(("Content-Type", f"{kind}; charset=utf-8"),),
    )


@contextmanager
def readable(name: str) -> Iterator[None]:
    """A listing that cannot be read makes the source sick, not one document."""
    try:
        yield
    except ReadError as problem:
        raise SourceError(f"the listing cannot be read: {problem}; {_look(name)}") from problem


def complete(
    name: str, *, listed: int, minimum: int, missing: Sequence[str] = (), hint: str = ""
) -> None:
    """
    Raise SourceError if something that must be there is missing, or too little is listed.

    `hint`: what it mostly means here that something is missing.
    """
    if missing:
        wanted = ", ".join(f'"{each}"' for each in missing)
        means = hint or "the page changed, or is not the page"
        raise SourceError(f"{wanted} not found in what came: {means}; {_look(name)}")
    if listed < minimum:
        raise SourceError(
            f"listed {listed} items, expected at least {minimum}: "
            f"the page changed or is empty; {_look(name)}"
        )


def _look(name: str) -> str:
    return f"`watcher sources check {name}` shows what is there"
