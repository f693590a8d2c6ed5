"""Archives of cpio(1), as in RPM packages and boot images: the formats newc, crc and odc (cpio(5))."""

from __future__ import annotations

from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.archives.flow import Flow
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names, decoded
from watcher.read.stream import Item, Member, Stream

MAGICS = (b"070701", b"070702", b"070707")
_LONG = 1 << 12  # bytes of a name
_END = "TRAILER!!!"
_FILE, _LINK, _KIND = 0o100000, 0o120000, 0o170000


def _header(flow: Flow) -> tuple[int, int, int, int] | None:
    """(mode, size, length of the name, alignment), or None where there is no header."""
    magic = flow.take(6)
    try:
        if magic in MAGICS[:2]:
            body = flow.take(104)
            mode, size, name = (int(body[at : at + 8], 16) for at in (8, 48, 88))
            return mode, size, name, 4
        if magic == MAGICS[2]:
            body = flow.take(70)
            mode, name, size = int(body[12:18], 8), int(body[53:59], 8), int(body[59:70], 8)
            return mode, size, name, 1
    except ValueError:
        pass
    return None


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The members of an archive in order, and their names; a link's content is its target's name."""
    flow = Flow(stream)
    names = Names()
    whys: list[Why] = []
    while True:
        head = _header(flow)
        if head is None or not 0 < head[2] <= _LONG or head[1] < 0:
            whys.append(Why.BROKEN)
            break
        mode, size, length, aligned = head
        name = decoded(flow.take(length).rstrip(b"\0"))
        flow.skip(-flow.at % aligned)
        if name == _END:
            break
        if mode & _KIND == _LINK:
            yield from names.add(name, decoded(flow.take(min(size, _LONG))))
            flow.skip(max(size - _LONG, 0))
        else:
            yield from names.add(name)
            stream = flow.member(size)
            if mode & _KIND == _FILE:
                try:
                    budget.member()
                except Trouble as trouble:
                    whys.append(trouble.why)
                    break
                yield Member(name=label(name), stream=stream)
        if not flow.close():
            whys.append(Why.BROKEN)
            break
        flow.skip(-flow.at % aligned)
    yield from names.finish()
    if not flow.trouble:
        yield from (Unread(where="", why=why) for why in whys)
