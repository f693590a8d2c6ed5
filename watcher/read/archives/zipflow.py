"""
ZIP archives that are too large to be held, or have no directory: read from the first byte to the last.

Every member has a header of its own before its bytes (APPNOTE 4.3.7), so that
an archive can be read without its directory. No bytes are read twice: members
that overlap cannot be. What lies between them is read as what it is. Encrypted
members are named, and not tried: their bytes would have to be held.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from watcher.model import Part, Unread, Why
from watcher.read.archives.flow import Flow, streamed
from watcher.read.archives.locked import method
from watcher.read.budget import Budget, Trouble
from watcher.read.decoders import Copy, Decoder
from watcher.read.label import label
from watcher.read.names import Names
from watcher.read.stream import CHUNK, Item, Member, Stream
from watcher.read.text import Windows
from watcher.read.unpack import FAULTS

_LOCAL = struct.Struct("<5H3L2H")  # behind its signature
_CENTRAL = struct.Struct("<6H3L5H2L")  # 4.3.12
_MEMBER, _ENTRY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64, _PLACE64, _SPANNED = b"PK\x06\x06", b"PK\x06\x07", (b"PK\x07\x08", b"PK00")
_DESCRIPTOR = b"PK\x07\x08"  # 4.3.9: sizes that stand behind the data
_ENCRYPTED, _BEHIND, _UTF8 = 0x1, 0x8, 0x800
_WIDE = 0xFFFFFFFF  # the size stands in the extra field of ZIP64 (4.5.3)
_OFFICE = ("[Content_Types].xml", "mimetype")


def _sizes(extra: bytes, size: int, packed: int) -> tuple[int, int, bool]:
    """Size, packed size, and whether they are said in 64 bits."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            told = iter(struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8]))
            size = next(told, (size,))[0] if size == _WIDE else size
            packed = next(told, (packed,))[0] if packed == _WIDE else packed
            return size, packed, True
        at += 4 + length
    return size, packed, False


class _Packed:
    """
    The bytes of one member, unpacked as they are asked for; `finish` goes to its end.

    `left`: how many they are packed, None where they say themselves where they end.
    `crc`: None where it stands behind them.
    """

    def __init__(
        self, flow: Flow, decoder: Decoder, left: int | None, crc: int | None, *, wide: bool
    ) -> None:
        self._flow = flow
        self._decoder = decoder
        self._left = left
        self._crc = crc
        self._wide = wide
        self._seen = 0
        self._over = False
        self.taken = 0

    def _some(self) -> bytes:
        data = self._flow.take(CHUNK if self._left is None else min(CHUNK, self._left))
        if self._left is not None:
            self._left -= len(data)
        self.taken += len(data)
        return data

    def more(self, size: int) -> bytes:
        """At most so many. Raises Trouble where the member is not what is said of it."""
        decoder = self._decoder
        while not self._over:
            if decoder.eof:
                self._flow.back(decoder.unused_data)
                if self._left is not None:
                    self._left += len(decoder.unused_data)
                break
            data = self._some() if decoder.needs_input else b""
            if not data and decoder.needs_input:
                if self._left == 0 and isinstance(decoder, Copy):
                    break
                raise Trouble(self._flow.trouble or Why.BROKEN)
            try:
                out = decoder.decompress(data, size)
            except MemoryError:
                raise Trouble(Why.LIMIT) from None
            except FAULTS:
                raise Trouble(Why.BROKEN) from None
            if out:
                self._seen = zlib.crc32(out, self._seen)
                return out
        if not self._over and self.finish() != self._seen:
            raise Trouble(Why.BROKEN)
        return b""

    def finish(self) -> int:
        """Pass over what nobody read, and what stands behind it; the checksum that is said."""
        if not self._over and self._left is None and not self._decoder.eof:
            with suppress(Trouble):
                while self.more(CHUNK):
                    pass
        if not self._over:
            self._over = True
            self._flow.skip(self._left or 0)
            if self._crc is None:
                self._crc = self._described()
        return self._crc or 0

    def _described(self) -> int:
        """The checksum behind the data: its signature is optional, its sizes have 4 bytes or 8."""
        told = self._flow.take(26)
        start = 4 if told[:4] == _DESCRIPTOR else 0
        ends = [end for end in (start + 12, start + 20) if told[end : end + 2] == b"PK"]
        size = ends[0] if ends else start + (20 if self._wide else 12)
        self._flow.back(told[size:])
        return int.from_bytes(told[start : start + 4], "little")


class _Unmeasured:
    """A member as it is that ends where a descriptor says how long it was; so streams are stored."""

    def __init__(self) -> None:
        self._rest = b""
        self._given = 0
        self.needs_input = True
        self.eof = False
        self.unused_data = b""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        rest = self._rest + data
        at = rest.find(_DESCRIPTOR)
        while 0 <= at <= len(rest) - 24 and not self._ends(rest, at):
            at = rest.find(_DESCRIPTOR, at + 1)
        ends = 0 <= at <= len(rest) - 24
        size = at if at >= 0 else max(0, len(rest) - 3)
        out = rest[: min(size, max_length)]
        self._rest = rest[len(out) :]
        self._given += len(out)
        self.needs_input = not out
        if ends and len(out) == size:
            self.eof, self.unused_data = True, self._rest
        return out

    def _ends(self, rest: bytes, at: int) -> bool:
        narrow, wide = struct.unpack_from("<L", rest, at + 8)[0], rest[at + 8 : at + 16]
        size = self._given + at
        return narrow == size or int.from_bytes(wide, "little") == size


class _Walk:
    """One archive on its way."""

    def __init__(self, stream: Stream, budget: Budget) -> None:
        self._flow = Flow(stream)
        self._budget = budget
        self._names = Names()
        self._notes = Windows("comments of the archive", hidden=True)
        self._strays = 0
        self._office = self._ended = self._enough = False

    def items(self) -> Iterator[Item]:
        if (head := self._flow.take(4)) not in _SPANNED:
            self._flow.back(head)
        while head := self._flow.take(4):
            if head == _MEMBER:
                yield from self._member()
            elif head == _ENTRY:
                yield from self._entry()
            elif head == _END64:
                self._flow.skip(int.from_bytes(self._flow.take(8), "little"))
            elif head == _PLACE64:
                self._flow.skip(16)
            elif head == _END:
                self._ended = True
                size = int.from_bytes(self._flow.take(18)[16:18], "little")
                yield from self._note(self._flow.take(size))
            else:
                yield from self._stray(head)
        yield from self._names.finish()
        yield from self._notes.finish()
        if self._office and self._ended and not self._flow.trouble:
            # A package is its members together: what they say was read, not what they mean.
            yield Unread(where="", why=Why.SIZE)
        if self._flow.trouble or not self._ended:
            raise Trouble(self._flow.trouble or Why.BROKEN)

    def _member(self) -> Iterator[Item]:
        head = self._flow.take(_LOCAL.size)
        if len(head) < _LOCAL.size:
            return
        _, flags, kind, _, _, crc, packed, size, named, more = _LOCAL.unpack(head)
        raw, extra = self._flow.take(named), self._flow.take(more)
        if len(raw) + len(extra) < named + more:
            return
        size, packed, wide = _sizes(extra, size, packed)
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        self._office = self._office or name in _OFFICE
        yield from self._names.add(name)
        behind = bool(flags & _BEHIND)
        endless = behind and not packed
        why = Why.ENCRYPTED if flags & _ENCRYPTED else None
        decoder: Decoder = Copy()
        try:
            decoder = decoder if why else method(kind, self._budget.bounds.held)
        except Trouble as trouble:
            why = trouble.why
        if endless and isinstance(decoder, Copy):
            decoder = _Unmeasured()
        left = None if endless else packed
        held = _Packed(self._flow, decoder, left, None if behind else crc, wide=wide)
        if why:
            yield from self._told(Unread(where=label(name), why=why))
        elif size or packed or behind:
            yield from self._given(label(name), held)
        held.finish()

    def _told(self, unread: Unread) -> Iterator[Unread]:
        if not self._enough:
            yield unread

    def _given(self, name: str, held: _Packed) -> Iterator[Item]:
        if self._enough:
            return
        try:
            self._budget.member()
            self._budget.spend(0)
        except Trouble as trouble:
            # The names of all others are told nevertheless.
            self._enough = True
            yield Unread(where="", why=trouble.why)
            return
        yield Member(name=name, stream=Stream(_counted(held, self._budget)))

    def _entry(self) -> Iterator[Part]:
        """An entry of the directory: its comment stands nowhere else."""
        head = self._flow.take(_CENTRAL.size)
        if len(head) == _CENTRAL.size:
            *_, named, more, said, _, _, _, _ = _CENTRAL.unpack(head)
            self._flow.skip(named + more)
            yield from self._note(self._flow.take(said))

    def _note(self, said: bytes) -> Iterator[Part]:
        if said:
            yield from self._notes.feed(said.decode("utf-8", "replace") + "\n")

    def _stray(self, head: bytes) -> Iterator[Item]:
        """What stands where a header should, up to the next one."""
        flow = self._flow

        def pieces() -> Iterator[bytes]:
            data = head
            while True:
                data += flow.take(CHUNK)
                places = [data.find(each) for each in (_MEMBER, _ENTRY, _END)]
                found = min((at for at in places if at >= 0), default=-1)
                if found >= 0:
                    flow.back(data[found:])
                    yield data[:found]
                    return
                ended = not (more := flow.take(1))
                if ended:
                    yield data
                    return
                flow.back(more)
                yield data[:-3]  # a signature may begin in the last
                data = data[-3:]

        stray = streamed(each for each in pieces() if each)
        if stray.head().strip(b"\0 \t\r\n") and not self._enough:
            self._strays += 1
            name = "in no directory" if self._strays == 1 else f"in no directory {self._strays}"
            yield Member(name=name, stream=stray)
        for _ in stray.chunks():
            pass


def _counted(held: _Packed, budget: Budget) -> Callable[[int], bytes]:
    given = 0

    def more(size: int) -> bytes:
        nonlocal given
        data = held.more(min(size, CHUNK))
        given += len(data)
        budget.spend(len(data))
        budget.expanded(held.taken, given, len(data))
        return data

    return more


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The members of an archive as they come, their names, what stands between them."""
    stream.again()
    yield from _Walk(stream, budget).items()
