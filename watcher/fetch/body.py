"""Bodies as they come: never more of them than is wanted, and never a connection kept for the rest."""

from __future__ import annotations

import asyncio

import aiohttp

from watcher.fetch import barred, pictures, verdict
from watcher.fetch.room import SMALL, Place, Room
from watcher.model import Body

LARGE = 1 << 20  # bytes; above it hashing leaves the loop


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
    response: aiohttp.ClientResponse, limit: int, *, blind: bool, room: Room
) -> tuple[Body, bool]:
    """
    The body as it comes, at most `limit` bytes of it, and whether there was more.

    A large one has a place in the room until nobody holds it. Raises FetchError.
    """
    place: Place | None = None
    data, cut = bytearray(), False
    try:
        async for chunk in response.content.iter_any():
            looking = blind and len(data) < pictures.LOOKED_AT
            data += chunk
            if looking and pictures.begun(bytes(data[: pictures.LOOKED_AT])):
                raise verdict.pictured(response.url)
            if len(data) > limit:
                del data[limit:]
                response.close()  # and the connection with it: the rest is not wanted
                cut = True
                break
            if place is None and len(data) > SMALL:
                place = await room.enter()
        body = await asyncio.to_thread(_body, data) if len(data) > LARGE else _body(data)
    except BaseException:
        response.close()
        if place is not None:
            place.leave()
        raise
    if place is not None:
        place.leave_with(body)
    return body, cut


def _body(data: bytearray) -> Body:
    return Body(bytes(data))
