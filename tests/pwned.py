"""
Have I Been Pwned on loopback, in the form of its API's version 3.

It knows breaches, and by hash who is in them; it wants a key, and a User-Agent.
What a service would write into its own log is in `asked`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from tests.watcher.fetch.site import Site

KEY = "00000000000000000000000000000001"
API = "/api/v3"


def sha1(address: str) -> str:
    return hashlib.sha1(address.strip().lower().encode(), usedforsecurity=False).hexdigest().upper()


@dataclass
class Pwned:
    """`status` in the place of an answer to a range, by how many of them were asked before."""

    place: Site
    breaches: list[dict[str, object]] = field(default_factory=list)
    entries: dict[str, list[str]] = field(default_factory=dict)
    plan: bool = True
    ranges: list[str] = field(default_factory=list)
    refused: dict[int, tuple[int, Mapping[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place.pages = _Pages(self)

    def adds(self, name: str, addresses: Iterable[str], *classes: str, year: int = 2013) -> None:
        """A breach becomes known, with these addresses and a stranger beside each of them."""
        self.breaches.append(
            {
                "Name": name,
                "Title": name,
                "BreachDate": f"{year}-10-04",
                "AddedDate": f"2026-01-{len(self.breaches) + 1:02}T00:00:00Z",
                "DataClasses": ["Email addresses", *classes],
            }
        )
        for address in addresses:
            digest = sha1(address)
            stranger = digest[:6] + sha1(f"stranger of {address}")[6:]
            for each in (digest, stranger):
                self.entries.setdefault(each, []).append(name)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path.removeprefix(API)
        if "aiohttp" in request.headers.get("User-Agent", "aiohttp"):
            return web.Response(status=403)
        if path == "/latestbreach":
            return self._said(request, self.breaches[-1])
        if path == "/breaches":
            return self._said(request, self.breaches)
        if request.headers.get("hibp-api-key") != KEY:
            return web.Response(status=401)
        if path == "/subscription/status":
            said = {"SubscriptionName": "Pro 1", "Rpm": 10, "IncludesKAnon": self.plan}
            return self._said(request, said)
        prefix = path.removeprefix("/breachedaccount/range/")
        before = len(self.ranges)
        self.ranges.append(prefix)
        if before in self.refused:
            status, headers = self.refused[before]
            return web.Response(status=status, headers=headers)
        found = [
            {"hashSuffix": digest[6:], "websites": names}
            for digest, names in sorted(self.entries.items())
            if digest.startswith(prefix)
        ]
        # Cached for long and with a validator, as an edge would have it.
        headers = {"ETag": f'"{prefix}"', "Cache-Control": "public, max-age=86400"}
        body = json.dumps(found)
        return (
            web.Response(text=body, content_type="application/json", headers=headers)
            if found
            else web.Response(status=404)
        )

    def _said(self, request: web.BaseRequest, said: object) -> web.StreamResponse:
        body = json.dumps(said)
        tag = f'"{hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(text=body, content_type="application/json", headers={"ETag": tag})


class _Pages(dict):  # type: ignore[type-arg]  # the site looks a page up by its path; all of them are ours
    def __init__(self, pwned: Pwned) -> None:
        super().__init__()
        self._pwned = pwned

    def get(self, path: str, default: object = None) -> object:
        return self._pwned.answer if path.startswith(API) else super().get(path, default)
