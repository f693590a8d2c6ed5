from __future__ import annotations

import struct

import pytest

from tests.watcher.read.made import walked
from tests.watcher.read.sheets import compound
from watcher.model import Part
from watcher.read.office.sectors import opened


def circular(name: str) -> bytes:
    """A file with one stream, whose chain is a circle and whose size is said to be 3 GiB."""
    body = bytearray(compound({name: b"Quill 4400123 " * 300}))
    (fat,) = struct.unpack_from("<I", body, 0x4C)
    struct.pack_into("<I", body, 512 + 512 * fat, 0)  # its first sector follows itself
    at = body.index(name.encode("utf-16-le"))
    struct.pack_into("<Q", body, at + 120, 3 << 30)
    return bytes(body)


@pytest.mark.parametrize(
    "name", ["Other", "PowerPoint Document", "WordDocument", "__properties_version1.0"]
)
def test_no_stream_is_longer_than_its_file(name: str) -> None:
    """Whatever its directory says; what is in it is read once, whichever reader it has."""
    body = circular(name)
    with opened(body) as file:
        assert len(file.openstream(name).read()) <= len(body)
    items = walked(body)
    assert sum(len(each.text) for each in items if isinstance(each, Part)) <= 4 * len(body)


def test_a_sound_file_is_as_it_was() -> None:
    """Streams have their sizes, small ones too."""
    told = {"a": b"x" * 5000, "b": b"y" * 70_000}
    with opened(compound(told)) as file:
        for name, body in told.items():
            assert file.openstream(name).read() == body.ljust(4096, b"\0")
