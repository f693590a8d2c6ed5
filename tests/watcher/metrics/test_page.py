"""`/metrics`: for whoever asks this machine by its own address, and for nobody else."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from watcher.errors import ConfigError, StoreError
from watcher.metrics import Figures, Page

FIGURES = Figures(states=("ok",), sources={}, targets={}, free_bytes=17)


async def figures() -> Figures:
    return FIGURES


async def asked(page: Page, host: str = "", path: str = "/metrics") -> tuple[int, str, str]:
    headers = {"Host": host} if host else {}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{page.port}{path}", headers=headers) as answer,
    ):
        return answer.status, await answer.text(), answer.headers["Content-Type"]


async def test_figures_are_given_in_prometheus_text() -> None:
    """Format 0.0.4, at /metrics and nowhere else."""
    async with Page("127.0.0.1", 0, figures) as page:
        status, body, kind = await asked(page)
        assert status == 200
        assert "watcher_free_bytes 17.0" in body
        assert "version=0.0.4" in kind
        assert (await asked(page, path="/"))[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}"]
)
async def test_another_name_is_refused(host: str) -> None:
    """A page that resolves its own name to us (DNS rebinding) learns nothing."""
    async with Page("127.0.0.1", 0, figures) as page:
        status, body, _ = await asked(page, host.replace("{port}", str(page.port)))
        assert status == 421
        assert "watcher_" not in body
        assert (await asked(page, f"localhost:{page.port}"))[0] == 200


async def test_a_store_that_does_not_answer_is_said() -> None:
    """503, and the page is there again afterwards."""
    works = asyncio.Event()

    async def maybe() -> Figures:
        if not works.is_set():
            raise StoreError("locked")
        return FIGURES

    async with Page("127.0.0.1", 0, maybe) as page:
        assert (await asked(page))[0] == 503
        works.set()
        assert (await asked(page))[0] == 200


async def test_a_port_that_is_taken_is_said() -> None:
    """The message names the key of the configuration."""
    async with Page("127.0.0.1", 0, figures) as page:
        with pytest.raises(ConfigError, match=r"metrics\.listen"):
            async with Page("127.0.0.1", page.port, figures):
                pytest.fail("two pages on one port")
