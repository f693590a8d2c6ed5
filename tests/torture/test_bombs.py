"""Every bomb against a pool of workers with the bounds that an installation has where nothing is set."""

from __future__ import annotations

import os

import pytest

from tests.watcher.read.bombs import BOMBS
from tests.watcher.read.made import MIB, capture, gathered, parts
from tests.watcher.read.test_bombs import NEXT, STARTS, cost
from watcher.config.settings import Read
from watcher.read import Readers

SHARE = float(os.environ.get("WATCHER_TORTURE", "0"))

pytestmark = [
    pytest.mark.skipif(
        not SHARE, reason="long: `make torture`, or a share of it in WATCHER_TORTURE"
    ),
    pytest.mark.timeout(3600),
]


@pytest.mark.parametrize("name", list(BOMBS)[:: max(1, round(1 / SHARE)) if SHARE else 1])
async def test_a_bomb_is_read_or_told_and_the_next_document_read(name: str) -> None:
    """Worker and service stay within their memory."""
    bomb, limits = BOMBS[name], Read(workers=1)
    async with Readers(limits) as readers:
        found = await cost(readers, capture(bomb.make(), encoding=bomb.encoding))
        assert found.held < STARTS + limits.memory / MIB
        assert "lost worker" not in found.reasons
        assert not bomb.told or found.reasons & bomb.told
        assert parts(await gathered(readers.read(capture(NEXT))))[""].text == NEXT.decode()
