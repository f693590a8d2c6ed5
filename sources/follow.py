"""
What documents name: pastes and files at well-known places, fetched one hop.

    [sources.followed]
    kind = "follow"
    hosts = ["files.example"]
    templates = { "paste.example" = "https://paste.example/raw/{key}" }

It lists nothing. Every document of the other sources is searched for addresses
of known hosts, and what is named is fetched here, once for each. What was
followed is not searched.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sources.addresses import Addresses
from sources.listed import bounded, document
from sources.templates import Template, check_host, check_own, own, shipped
from watcher.api import Capture, ConfigError, Part, Ref, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """
    `hosts`: others whose documents lie at the addresses by which they are named.
    `templates`: others, by host, with the address of a document (`{key}` is the
    last step of the address that was named). `without`: hosts that are not
    followed. `per_document` and `per_day`: addresses of one document, and of
    one host in a day, that are fetched.
    """

    name: str
    every: timedelta = timedelta(minutes=5)
    hosts: tuple[str, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    per_document: int = 50
    per_day: int = 200

    def __post_init__(self) -> None:
        for host in self.hosts:
            check_host("hosts", host)
        for host, raw in self.templates.items():
            check_own("templates", host, raw)
        for host in self.without:
            check_host("without", host)
        for key in ("per_document", "per_day"):
            if getattr(self, key) < 1:
                raise ConfigError(f"{key}: must be 1 or more")

    def named(self, part: Part) -> list[Ref]:
        """What this part names, each once. Pure."""
        known = _known(self.hosts, tuple(self.templates.items()), self.without)
        found: dict[str, Ref] = {}
        for host, address, end in known.addresses.find(part.text):
            if part.repeated and end >= len(part.text):
                continue  # may be cut off; the next window begins before it
            named = known.templates[host].of(address)
            if named is not None:
                key = bounded(f"{host} {named[0]}")
                found.setdefault(key, Ref(source=self.name, key=key, url=named[1]))
                if len(found) == self.per_document:
                    break
        return list(found.values())

    async def discover(self, web: Web) -> AsyncIterator[Ref | Capture]:
        """Nothing: what is to be fetched is remembered where it was named."""
        nothing: tuple[Ref, ...] = ()
        for each in nothing:
            yield each

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """The document that was named. Raises FetchError."""
        return await document(web, ref, {}, ())


@dataclass(frozen=True, slots=True)
class _Known:
    addresses: Addresses
    templates: Mapping[str, Template]


@functools.lru_cache(maxsize=8)
def _known(
    hosts: tuple[str, ...], templates: tuple[tuple[str, str], ...], without: tuple[str, ...]
) -> _Known:
    """The templates by host, the operator's before those shipped, and what finds their addresses."""
    by_host = (
        dict(shipped())
        | {host: own(host) for host in hosts}
        | {host: own(host, raw) for host, raw in templates}
    )
    kept = {host: each for host, each in by_host.items() if host not in without}
    return _Known(Addresses(kept), kept)
