"""
Tar archives, as they come: ustar, pax, GNU (long names, sparse files), and older ones.

Names of links and devices are labels like all others; nothing is followed or
made. Whatever stands between two members or behind the archive's end is no
member, seen by no program, and read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from watcher.model import Part, Unread, Why
from watcher.read.archives import tarheader
from watcher.read.archives.flow import Flow, streamed
from watcher.read.archives.tarheader import BLOCK, Header, Map
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names, decoded
from watcher.read.raw import runs
from watcher.read.stream import CHUNK, Item, Member, Stream
from watcher.read.text import Windows, windows

_ZEROS = bytes(BLOCK)
_LONGEST = 1 << 20  # bytes of a name or of a set of extended records
_OWNERS = 1000  # that are told apart
# Records that are no words of a person: times, numbers, maps, and those that members are named by.
_DULL = re.compile(
    r"(?:[acm]time|[ug]id|size|path|linkpath|[ug]name|hdrcharset|charset|GNU\.sparse\..*"
    r"|SCHILY\.(?:dev|ino|nlink|devmajor|devminor|fflags|realsize|filetype)|LIBARCHIVE\.creationtime)\Z"
)
_MAPS = 4096  # blocks of a sparse map


def _rest(size: int) -> int:
    """What fills the last block of so many bytes."""
    return -size % BLOCK


class _Tar:
    def __init__(self, stream: Stream, budget: Budget) -> None:
        self._flow = Flow(stream)
        self._budget = budget
        self._names = Names()
        self._owners: dict[str, None] = {}
        self._records = Windows("extended records", hidden=True)
        self._fillings = Windows("behind members", hidden=True)
        self._said: list[tuple[str, str]] = []  # by pax records, of the next member
        self._name = self._link = ""  # by GNU's headers, of the next member
        self._used = 0  # bytes of the member in hand that were its map
        self._ended = self._torn = self._enough = False

    def items(self) -> Iterator[Item]:
        while block := self._flow.take(BLOCK):
            if block == _ZEROS[: len(block)]:
                self._ended = True
                continue
            head = tarheader.header(block)
            if head is None:
                yield from self._stray(block)
            else:
                yield from self._headed(head)
        yield from self._names.add(self._name, self._link)  # of no member
        yield from self._names.finish()
        yield from self._records.finish()
        yield from self._fillings.finish()
        owners = "".join(each + "\n" for each in self._owners)
        yield from windows([owners], "owners of members", hidden=True)
        if (self._torn or not self._ended) and not self._flow.trouble:
            yield Unread(where="", why=Why.BROKEN)

    def _headed(self, head: Header) -> Iterator[Item]:
        self._ended = False
        if head.kind in (b"x", b"X", b"g"):
            body = self._body(head.size)
            said = tarheader.records(body)
            if body.strip(b"\0") and not said:
                self._torn = True
                yield from self._records.feed("".join(run + "\n" for run in runs(body)))
            self._said += [] if head.kind == b"g" else said
            lines = "".join(value + "\n" for key, value in said if not _DULL.match(key))
            yield from self._records.feed(lines)
        elif head.kind in (b"L", b"K"):
            name = decoded(self._body(head.size).rstrip(b"\0"))
            yield from self._names.add(self._name if head.kind == b"L" else self._link)
            if head.kind == b"L":
                self._name = name
            else:
                self._link = name
        else:
            yield from self._membered(head)
            self._said, self._name, self._link = [], "", ""

    def _body(self, size: int) -> bytes:
        body = self._flow.take(min(size, _LONGEST))
        self._torn |= size > _LONGEST
        self._torn |= not self._flow.skip(size - len(body) + _rest(size))
        return body

    def _membered(self, head: Header) -> Iterator[Item]:
        said = dict(self._said)
        name = said.get("GNU.sparse.name") or said.get("path") or self._name or head.name
        link = said.get("linkpath") or self._link or head.link
        yield from self._names.add(name, link)
        owners = (*head.owners, said.get("uname", ""), said.get("gname", ""))
        if len(self._owners) < _OWNERS:
            self._owners |= dict.fromkeys(each for each in owners if each)
        if head.kind in b"123456V":
            return
        size = head.size
        if said.get("size", "").isdecimal():
            size = int(said["size"][:20])
        holes: Map = []
        if head.kind == b"S":
            holes = self._extended(head.block)
        elif "GNU.sparse.major" in said or "GNU.sparse.numblocks" in said:
            holes = self._mapped(said)
        if head.kind == b"M":
            yield Unread(where=label(name), why=Why.BROKEN)  # its beginning is in another volume
        used = self._used
        yield from self._given(name, size - used, holes)
        self._torn |= not self._flow.close()
        yield from self._filled_up(_rest(size))

    def _filled_up(self, size: int) -> Iterator[Part]:
        """What fills up a last block: zeros, by most programs."""
        data = self._flow.take(size)
        self._torn |= len(data) < size
        if data.strip(b"\0"):
            yield from self._fillings.feed("".join(run + "\n" for run in runs(data)))

    def _extended(self, block: bytes) -> Map:
        """A map in the header, and in the blocks behind it."""
        try:
            found = tarheader.sparse(block, 386, 4)
            more = block[482:483]
            for _ in range(_MAPS):
                if more in (b"\0", b""):
                    break
                block = self._flow.take(BLOCK)
                found += tarheader.sparse(block, 0, 21)
                more = block[504:505]
        except ValueError:
            self._torn = True
            return []
        return found

    def _mapped(self, said: dict[str, str]) -> Map:
        """A map in the records, or in decimal lines before the content (format 1.0)."""
        try:
            if said.get("GNU.sparse.major") != "1":
                return tarheader.listed(self._said)
            lines: list[bytes] = []
            wanted, rest = 1, b""
            while len(lines) < wanted and self._used < _MAPS * BLOCK:
                block = self._flow.take(BLOCK)
                if not block:
                    break
                self._used += len(block)
                *got, rest = (rest + block).split(b"\n")
                lines += got
                wanted = 2 * int(lines[0]) + 1 if lines else 1
            numbers = [int(each) for each in lines[1:wanted]]
            return list(zip(numbers[::2], numbers[1::2], strict=False))
        except ValueError:
            self._torn = True
            return []

    def _given(self, name: str, size: int, holes: Map) -> Iterator[Item]:
        self._used = 0
        if self._enough:
            self._flow.skip(max(size, 0))
            return
        try:
            self._budget.member()
            self._budget.spend(0)
        except Trouble as trouble:
            # The names of all others are told nevertheless.
            self._enough = True
            self._flow.skip(max(size, 0))
            yield Unread(where="", why=trouble.why)
            return
        stream = self._flow.member(max(size, 0))
        if holes:
            stream = streamed(_filled(stream, holes, size, self._budget))
        yield Member(name=label(name), stream=stream)

    def _stray(self, block: bytes) -> Iterator[Item]:
        """What is no header where one should be, up to the next; or what follows a damaged one."""
        self._torn |= not self._ended
        flow, given, name = self._flow, block, "in no member"
        if _was_header(block):
            # Its size is not to be trusted. Its name is, as far as anything here is.
            given, name = b"", decoded(block[:100].split(b"\0", 1)[0])
            self._torn = True
            yield from self._names.add(name)

        def pieces() -> Iterator[bytes]:
            zeros, block = 0, given
            while True:
                # The last block of a text is filled up with zeros: they are given where more follows.
                bare = block.rstrip(b"\0")
                while bare and zeros:
                    yield bytes(min(zeros, CHUNK))
                    zeros -= min(zeros, CHUNK)
                if bare:
                    yield bare
                zeros += len(block) - len(bare)
                block = flow.take(BLOCK)
                if not block or tarheader.is_header(block) or _was_header(block):
                    flow.back(block)
                    return

        stream = streamed(pieces())
        if not self._enough:
            yield Member(name=label(name), stream=stream)
        for _ in stream.chunks():
            pass


def _was_header(block: bytes) -> bool:
    return block[257:262] == b"ustar"


def _filled(packed: Stream, holes: Map, size: int, budget: Budget) -> Iterator[bytes]:
    """A sparse file with its holes as zeros, judged as any other expansion. Raises Trouble."""
    at = 0
    for start, length in holes:
        end = start + length
        while at < end:
            data = packed.read(min(CHUNK, end - at)) if at >= start else b""
            data = data or bytes(min(CHUNK, max(start - at, 0)))
            if not data:
                raise Trouble(packed.trouble or Why.BROKEN)
            at += len(data)
            budget.spend(len(data))
            budget.expanded(size, at, len(data))
            yield data


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The members of a tar archive, the names of all, and what is no member."""
    yield from _Tar(stream, budget).items()
