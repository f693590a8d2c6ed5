"""
`[publishers]`: where a force, a federation, a court or the press names our people on purpose.

A pattern is a host with or without the path below which its pages stand, or
`source:NAME` for all that a source brings. A host that begins with a dot is
every host below that domain.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from posixpath import normpath
from urllib.parse import unquote, urlsplit

SOURCE = "source:"
_HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


def wrong(pattern: str, sources: Collection[str]) -> str:
    """What is wrong with a pattern and how to mend it; "" if nothing is."""
    if pattern.startswith(SOURCE):
        name = pattern.removeprefix(SOURCE)
        return "" if name in sources else f"there is no [sources.{name}]"
    host, slash, path = pattern.partition("/")
    if "//" in pattern or "?" in path or "#" in path or not _HOST.fullmatch(host):
        return 'is not host, host/path or source:NAME; write it as "www.force.example/news"'
    if slash and path and _clean(f"/{path}") != f"/{path.rstrip('/')}":
        return "has a path with . or .. or % in it; write the path as the pages have it"
    return ""


def publishes(patterns: Iterable[str], url: str, source: str) -> bool:
    """Whether a document of this source at this address (after all redirects) is one of theirs."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".") if parts.scheme in ("http", "https") else ""
    path = _clean(parts.path)
    for pattern in patterns:
        if pattern.startswith(SOURCE):
            if pattern.removeprefix(SOURCE) == source:
                return True
            continue
        wanted, _, below = pattern.partition("/")
        wanted, below = wanted.lower(), below.rstrip("/")
        theirs = host == wanted or (wanted.startswith(".") and host.endswith(wanted))
        inside = not below or path == f"/{below}" or path.startswith(f"/{below}/")
        if host and theirs and inside:
            return True
    return False


def _clean(path: str) -> str:
    """A path without detours: `/news/%2e%2e/files/a` is `/files/a`."""
    found = normpath(f"/{unquote(path)}".replace("\\", "/"))
    return f"/{found.lstrip('/')}"
