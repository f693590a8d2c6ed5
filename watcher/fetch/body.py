"""Bodies as they come: never more of them than is wanted, and never a connection kept for the rest."""

from __future__ import annotations

import aiohttp

from watcher.fetch import barred, pictures, verdict


async def beginning(response: aiohttp.ClientResponse) -> bytes:
    """The first bytes of a body that is no document, as far as they come."""
    data = b""
    try:
        async for chunk in response.content.iter_any():
            data += chunk
            if len(data) >= barred.LOOKED_AT:
                break
    except (aiohttp.ClientError, OSError):
        return data  # its status says enough
    return data


async def received(
    response: aiohttp.ClientResponse, limit: int, *, blind: bool
) -> tuple[bytes, bool]:
    """The body as it comes, at most `limit` bytes of it, and whether there was more. Raises FetchError."""
    data = bytearray()
    async for chunk in response.content.iter_any():
        looking = blind and len(data) < pictures.LOOKED_AT
        data += chunk
        if looking and pictures.begun(bytes(data[: pictures.LOOKED_AT])):
            response.close()
            raise verdict.pictured(response.url)
        if len(data) > limit:
            response.close()  # and the connection with it: the rest is not wanted
            return bytes(data[:limit]), True
    return bytes(data), False
