"""Where a redirect leads, judged as a new address."""

from __future__ import annotations

import aiohttp
from yarl import URL

from watcher.errors import FetchError
from watcher.fetch.address import parse, shown
from watcher.outward import onion

REDIRECTS = frozenset({301, 302, 303, 307, 308})
LASTING = frozenset({301, 308})  # RFC 9110 §15.4: "future references ought to use" the new one


def target(url: URL, response: aiohttp.ClientResponse) -> URL:
    """Where this redirect of `url` leads. Raises FetchError."""
    try:
        location = response.headers["Location"]
        following = url.join(URL(location))
    except (KeyError, ValueError):
        raise FetchError(
            f"{shown(url)}: redirects ({response.status}) without a usable Location",
            retry=False,
            status=response.status,
        ) from None
    following = parse(str(following))
    # To an onion service http is encrypted as well, by Tor, to its very end.
    bare = following.scheme == "http" and not onion(following.raw_host or "")
    if url.scheme == "https" and bare:
        raise FetchError(
            f"{shown(url)}: redirects from https to plain http, which is not followed",
            retry=False,
            status=response.status,
        )
    return following
