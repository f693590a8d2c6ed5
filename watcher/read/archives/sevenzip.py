"""
7z archives: the names of their members, then each block of members in a row.

A block (of a solid archive: all of them) is unpacked as far as somebody reads
it, from its beginning to its end and once. py7zr itself would expand a member
before it is handed over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.archives.flow import Flow
from watcher.read.archives.sevencoders import Chain, Keys, encrypted, rounds
from watcher.read.archives.sevenheader import Block, Entry, directory
from watcher.read.budget import RATIO_FROM, Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names
from watcher.read.stream import Item, Member, Stream

_TRIED = 1 << 22  # bytes of the first member after which a word is believed


class _Opened:
    """The blocks of one archive. `full`: the limit of members is reached."""

    def __init__(self, budget: Budget, keys: Keys) -> None:
        self.full = False
        self._budget = budget
        self._keys = keys

    def members(self, block: Block) -> Iterator[Item]:
        """The members of a block; what follows a torn one in it is lost with it."""
        flow: Flow | None = None
        why: Why | None = None
        for entry in block.entries:
            if not entry.size:
                continue  # its name was told
            try:
                self._budget.member()
                self._budget.spend(0)
            except Trouble as trouble:
                self.full = True
                yield Unread(where="", why=trouble.why)
                return
            name = label(entry.name)
            if flow is None and why is None:
                try:
                    flow = self._flow(block)
                except Trouble as trouble:
                    why = trouble.why
            if why is not None or flow is None:
                if why is not None:
                    yield Unread(where=name, why=why)
                continue
            stream = flow.member(entry.size)
            ratio = self._budget.bounds.ratio * max(len(block.data), 1)
            bomb = entry.size > RATIO_FROM and entry.size > ratio
            yield Member(name=name, stream=_checked(stream, entry), bomb=bomb)
            if not flow.close():
                why = flow.trouble or Why.BROKEN

    def _flow(self, block: Block) -> Flow:
        power = encrypted(block.coders)
        if power is None:
            return self._unpacked(block, None)
        for word in self._budget.words.tried(cost=rounds(power)):
            if self._opens(block, word):
                self._budget.words.worked(word)
                return self._unpacked(block, word)
        raise Trouble(Why.ENCRYPTED)

    def _unpacked(self, block: Block, word: str | None) -> Flow:
        budget = self._budget
        chain = Chain(block.coders, block.data, budget, word, self._keys)
        given = 0

        def more(size: int) -> bytes:
            nonlocal given
            data = chain.read(size)
            given += len(data)
            budget.spend(len(data))
            budget.expanded(len(block.data), given, len(data))
            return data

        return Flow(Stream(more))

    def _opens(self, block: Block, word: str) -> bool:
        """Whether the first member of a block comes out whole with this password."""
        first = next((each for each in block.entries if each.size), None)
        if first is None:
            return True
        size = min(first.size, _TRIED)
        try:
            data = self._unpacked(block, word).take(size)
        except Trouble:
            return False
        whole = size == first.size and first.crc is not None
        return len(data) == size and (not whole or zlib.crc32(data) == first.crc)


def _checked(stream: Stream, entry: Entry) -> Stream:
    """The stream, broken at its end where its checksum is wrong."""
    crc = 0

    def more(size: int) -> bytes:
        nonlocal crc
        data = stream.read(size)
        crc = zlib.crc32(data, crc)
        if stream.trouble:
            raise Trouble(stream.trouble)
        if not data and entry.crc not in (None, crc):
            raise Trouble(Why.BROKEN)
        return data

    return Stream(more)


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The names of an archive's members, and the members."""
    keys = Keys()
    blocks, others = directory(stream.whole(budget.bounds.held), budget, keys)
    names = Names()
    for name in (*(entry.name for block in blocks for entry in block.entries), *others):
        yield from names.add(name)
    yield from names.finish()
    opened = _Opened(budget, keys)
    for block in blocks:
        if not opened.full:
            yield from opened.members(block)
