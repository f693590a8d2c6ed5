from __future__ import annotations

import struct
import zlib

import pytest

from tests.watcher.read.made import BOUNDS, bounds
from tests.watcher.read.packed import FILES, sevened
from watcher.model import Why
from watcher.read.archives.sevencoders import Keys
from watcher.read.archives.sevenheader import directory
from watcher.read.budget import Budget, Trouble


def wrapped(said: bytes) -> bytes:
    """An archive that consists of this directory."""
    start = struct.pack("<QQL", 0, len(said), zlib.crc32(said))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<L", zlib.crc32(start)) + start + said


def test_a_directory_names_blocks_and_what_is_in_them() -> None:
    """Names, sizes in bytes and checksums, in the order of the contents."""
    (block,), others = directory(sevened([*FILES, ("empty", b"")]), Budget(BOUNDS), Keys())
    told = {(each.name, each.size, each.crc) for each in block.entries if each.size}
    assert told == {(name, len(body), zlib.crc32(body)) for name, body in FILES}
    assert "empty" in [*others, *(each.name for each in block.entries)]


def test_a_directory_that_is_none_is_broken() -> None:
    """Wrong checksums, wrong places, counts without end."""
    whole = sevened()
    for body in (
        b"",
        whole[:20],
        whole[:-1],
        wrapped(b"\x05"),
        wrapped(b"\x01\x05\xff" + b"\xff" * 8),
    ):
        with pytest.raises(Trouble) as told:
            directory(body, Budget(BOUNDS), Keys())
        assert told.value.why is Why.BROKEN
    assert directory(wrapped(b""), Budget(BOUNDS), Keys()) == ([], [])


def test_a_directory_of_more_than_may_be_held_is_a_limit() -> None:
    """Its size is known before it is unpacked."""
    body = sevened([(f"{at}" * 60, b"x") for at in range(50)])
    with pytest.raises(Trouble) as told:
        directory(body, Budget(bounds(memory=4000)), Keys())
    assert told.value.why is Why.LIMIT
