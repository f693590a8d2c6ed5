"""Archives of ar(1), in which a Debian package keeps its tar files (deb(5)); System V and BSD names."""

from __future__ import annotations

from collections.abc import Iterator

from watcher.model import Unread, Why
from watcher.read.archives.flow import Flow
from watcher.read.budget import Budget, Trouble
from watcher.read.label import label
from watcher.read.names import Names, decoded
from watcher.read.stream import Item, Member, Stream

MAGIC = b"!<arch>\n"
_HEADER = 60
_TABLE = 1 << 20  # bytes of the table of long names
_LONG = 1 << 12


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The members of an archive in order, and their names."""
    flow = Flow(stream)
    flow.skip(len(MAGIC))
    names = Names()
    table = b""
    broken = False
    while head := flow.take(_HEADER):
        told = head[48:58].strip()
        if len(head) < _HEADER or head[58:] != b"`\n" or not told.isdigit():
            broken = True
            break
        size = odd = int(told)
        name = head[:16].rstrip()
        if name == b"//":
            table = flow.take(min(size, _TABLE))
            broken |= not flow.skip(size - len(table) + odd % 2)
            continue
        if name.startswith(b"#1/") and name[3:].isdigit():
            length = min(int(name[3:]), size, _LONG)
            name = flow.take(length).rstrip(b"\0")
            size -= length
        elif name.startswith(b"/") and name[1:].isdigit():
            at = int(name[1:])
            name = table[at : at + _LONG].split(b"\n", 1)[0]
        if name not in (b"/", b"__.SYMDEF"):
            text = decoded(name.removesuffix(b"/"))
            yield from names.add(text)
            try:
                budget.member()
            except Trouble as trouble:
                yield Unread(where="", why=trouble.why)
                break
            yield Member(name=label(text), stream=flow.member(size))
        else:
            flow.member(size)
        if not flow.close():
            broken = True
            break
        if odd % 2:
            flow.skip(1)
    yield from names.finish()
    if broken and not flow.trouble:
        yield Unread(where="", why=Why.BROKEN)
