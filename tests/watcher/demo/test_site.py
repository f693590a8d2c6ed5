"""The demo's site, asked over real sockets."""

from __future__ import annotations

import aiohttp

from watcher.demo.pages import Page
from watcher.demo.site import Site

TEXT = Page(content_type="text/plain; charset=utf-8", body=b"quiet\n")


async def test_it_answers_with_the_page_and_a_validator() -> None:
    """Content type, bytes and a strong ETag; 304 without a body for whoever has it."""
    async with Site({"/a": TEXT}) as site, aiohttp.ClientSession() as session:
        assert site.address.startswith("http://127.0.0.1:")
        async with session.get(f"{site.address}/a") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"] == TEXT.content_type
            assert await answer.read() == TEXT.body
            mark = answer.headers["ETag"]
        assert mark.startswith('"')
        async with session.get(f"{site.address}/a", headers={"If-None-Match": mark}) as answer:
            assert answer.status == 304
            assert await answer.read() == b""
        assert site.requests == {("/a", 200): 1, ("/a", 304): 1}


async def test_what_is_not_there_is_404_and_counted() -> None:
    """A wrong address is seen in the counts."""
    async with Site({}) as site, aiohttp.ClientSession() as session:
        async with session.get(f"{site.address}/none") as answer:
            assert answer.status == 404
        assert site.requests["/none", 404] == 1


async def test_publishing_changes_page_and_validator() -> None:
    """An old validator does not hide a new page."""
    async with Site({"/a": TEXT}) as site, aiohttp.ClientSession() as session:
        async with session.get(f"{site.address}/a") as answer:
            mark = answer.headers["ETag"]
        site.publish({"/a": Page(content_type="text/plain", body=b"new")})
        async with session.get(f"{site.address}/a", headers={"If-None-Match": mark}) as answer:
            assert answer.status == 200
            assert await answer.read() == b"new"
