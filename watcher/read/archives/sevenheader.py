"""
The directory of a 7z archive (7zFormat.txt of the LZMA SDK), which stands at its end and is packed itself.

py7zr reads what it says; the packed directory is unpacked here, within limits,
and with one of the document's words where even the names are encrypted.
"""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from watcher.model import Why
from watcher.read.archives.sevencoders import Chain, Coder, Keys, encrypted, rounds
from watcher.read.budget import Budget, Trouble

_START = struct.Struct("<6s2sLQQL")  # signature, version, checksum; place, size, checksum
_PACKED, _PLAIN = b"\x17", b"\x01"
_LARGEST = 64 << 20  # bytes of a directory: half a million names
_LAYERS = 4  # 7-Zip packs a directory once
# What a parser raises on bytes that are no directory.
_FAULTS = (
    *(OSError, EOFError, ValueError, TypeError, AttributeError, LookupError, AssertionError),
    *(ArithmeticError, struct.error, lzma.LZMAError, zlib.error),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member: its name, its size in bytes and its checksum, where one is told."""

    name: str
    size: int
    crc: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """Members that are packed together (a "folder"). `data`: as they are stored."""

    coders: tuple[Coder, ...]
    data: memoryview
    entries: tuple[Entry, ...]


def directory(body: bytes, budget: Budget, keys: Keys) -> tuple[list[Block], list[str]]:
    """The blocks of an archive, and the names of what has no content. Raises Trouble."""
    from py7zr.exceptions import ArchiveError

    try:
        return _parsed(memoryview(body), budget, keys)
    except Trouble:
        raise
    except MemoryError:
        raise Trouble(Why.LIMIT) from None
    except (ArchiveError, *_FAULTS):
        raise Trouble(Why.BROKEN) from None


def _parsed(body: memoryview, budget: Budget, keys: Keys) -> tuple[list[Block], list[str]]:
    from py7zr.archiveinfo import Header, HeaderStreamsInfo

    *_, place, size, crc = _START.unpack_from(body)
    said = bytes(body[_START.size + place : _START.size + place + size])
    if len(said) < size or zlib.crc32(said) != crc:
        raise Trouble(Why.BROKEN)
    for _ in range(_LAYERS):
        if said[:1] != _PACKED:
            break
        streams = HeaderStreamsInfo.retrieve(io.BytesIO(said[1:]))
        said = _unpacked(_blocks(streams, [], body)[0], budget, keys)
    if not said:
        return [], []
    if said[:1] != _PLAIN:
        raise Trouble(Why.BROKEN)
    header = Header.retrieve(io.BytesIO(), io.BytesIO(said), 0)
    files = header.files_info.files if header.files_info else []
    names = [str(each.get("filename", "")) for each in files if not each["emptystream"]]
    empty = [str(each.get("filename", "")) for each in files if each["emptystream"]]
    if header.main_streams is None:
        return [], names + empty
    blocks = _blocks(header.main_streams, names, body)
    return blocks, names[sum(len(each.entries) for each in blocks) :] + empty


def _unpacked(block: Block, budget: Budget, keys: Keys) -> bytes:
    """A packed directory, tried with the document's words where it is encrypted. Raises Trouble."""
    power = encrypted(block.coders)
    entry = block.entries[0]
    if entry.size > min(_LARGEST, budget.bounds.held):
        raise Trouble(Why.LIMIT)
    words = [None] if power is None else budget.words.tried(cost=rounds(power))
    for word in words:
        try:
            read = Chain(block.coders, block.data, budget, word, keys).read
            pieces = list(iter(lambda: read(1 << 20), b""))  # noqa: B023  # used up within the turn
        except Trouble:
            if word is None:
                raise
            continue
        said = b"".join(pieces)
        if len(said) == entry.size and _sound(said, entry):
            if word is not None:
                budget.words.worked(word)
            return said
    raise Trouble(Why.BROKEN if power is None else Why.ENCRYPTED)


def _sound(said: bytes, entry: Entry) -> bool:
    """Whether a directory came out: by its checksum, or without one by how it begins and ends."""
    if entry.crc is not None:
        return zlib.crc32(said) == entry.crc
    return said[:1] in (_PLAIN, _PACKED) and said[-1:] == b"\0"


def _blocks(streams: Any, names: list[str], body: memoryview) -> list[Block]:
    """py7zr's folders as blocks; `names` are those of their members, in order."""
    if streams.packinfo is None or streams.unpackinfo is None:
        return []
    sub = streams.substreamsinfo
    blocks: list[Block] = []
    at, pack = _START.size + streams.packinfo.packpos, 0
    number = 0
    for index, folder in enumerate(streams.unpackinfo.folders):
        count = sub.num_unpackstreams_folders[index] if sub else 1
        sizes = streams.packinfo.packsizes[pack : pack + len(folder.packed_indices)]
        if len(sizes) < len(folder.packed_indices):
            raise Trouble(Why.BROKEN)
        entries = []
        for each in range(number, number + count):
            size, crc = folder.get_unpack_size(), folder.crc if folder.digestdefined else None
            if sub and sub.unpacksizes is not None:
                size = sub.unpacksizes[each]
            if sub and each < len(sub.digests):
                crc = sub.digests[each] if sub.digestsdefined[each] else None
            entries.append(Entry(names[each] if each < len(names) else "", max(size, 0), crc))
        data = body[at : at + sum(sizes)]
        blocks.append(Block(_ordered(folder), data, tuple(entries)))
        number += count
        at += sum(sizes)
        pack += len(sizes)
    return blocks


def _ordered(folder: Any) -> tuple[Coder, ...]:
    """The coders of a folder in the order in which its bytes go through them. Raises Trouble."""
    if any(each["numinstreams"] != 1 or each["numoutstreams"] != 1 for each in folder.coders):
        # BCJ2 takes four streams: said when a member is asked for, its name is told.
        return (Coder(b"BCJ2", b"", 0),)
    after = {bond.outcoder: bond.incoder for bond in folder.bindpairs}
    found: list[Coder] = []
    index: int | None = folder.packed_indices[0]
    while index is not None and len(found) < len(folder.coders):
        coder = folder.coders[index]
        properties = coder["properties"] or b""
        found.append(Coder(coder["method"], properties, folder.unpacksizes[index]))
        index = after.get(index)
    return tuple(found)
