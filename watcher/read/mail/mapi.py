"""
Properties of Outlook's messages, as `.msg` files and `winmail.dat` both have them.

MS-OXCDATA §2.11 (types), MS-OXPROPS (identifiers). Every string is a line,
whatever its property is called; bodies and attachments are members.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.model import Unread
from watcher.read.budget import Budget, Trouble
from watcher.read.charsets.charset import Decoder
from watcher.read.label import joined, label
from watcher.read.names import fields as fielded
from watcher.read.office.packedrtf import unpacked
from watcher.read.raw import runs
from watcher.read.sniff import is_page
from watcher.read.stream import CHUNK, Item, Member, chunked
from watcher.read.text import windows

STRING8, UNICODE, BINARY, OBJECT = 0x1E, 0x1F, 0x102, 0x0D
MANY = 0x1000  # several values of a type
CODEPAGES = (0x3FDE, 0x3FFD)  # of the body, of the message
_BODY, _RTF, _HTML, _DATA = 0x1000, 0x1009, 0x1013, 0x3701
_ICON = 0x3709  # a picture that stands for a file
_FILES = (0x3707, 0x3704, 0x3001)  # a file's long name, its short one, what is shown of it
_BINARIES = 1 << 16  # bytes of one that may hold an address
_PAGE = b"<!DOCTYPE html>\n"
_NAMES = {
    0x0037: "Subject", 0x0C1A: "From", 0x0C1F: "From", 0x0E04: "To", 0x0E03: "Cc", 0x0E02: "Bcc",
    0x0042: "Sent for", 0x3001: "Name", 0x39FE: "Mail", 0x3003: "Mail",
}  # fmt: skip


def text(data: bytes, form: int, codepage: int = 0) -> str:
    """A string property's value."""
    if form & ~MANY == UNICODE:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    data = data.rstrip(b"\0")
    decoder = Decoder(data, f"cp{codepage}" if codepage else "")
    return decoder.feed(data) + decoder.finish()


@dataclass(slots=True)
class Thing:
    """A message, one of its recipients or an attachment: what its properties say."""

    codepage: int = 0
    lines: list[str] = field(default_factory=list, repr=False)
    bodies: list[tuple[str, bytes, str]] = field(default_factory=list, repr=False)
    data: bytes | None = field(default=None, repr=False)
    _files: dict[int, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """What an attachment is called, "" where nothing says so."""
        return next((self._files[each] for each in _FILES if self._files.get(each)), "")

    def take(self, number: int, form: int, data: bytes) -> None:
        """One value of a property."""
        kind = form & ~MANY
        if number == _BODY and kind in (STRING8, UNICODE):
            self.bodies.append(("text", text(data, kind, self.codepage).encode(), "utf-8"))
        elif number == _HTML:
            # A string of Unicode, or bytes of whatever charset the page declares.
            body = text(data, kind).encode() if kind == UNICODE else data
            self.bodies.append(("html", body, f"cp{self.codepage}" if self.codepage else ""))
        elif number == _RTF and kind == BINARY:
            self.bodies.append(("rtf", data, ""))
        elif number == _DATA and kind in (BINARY, OBJECT):
            self.data = data
        elif kind in (STRING8, UNICODE):
            self._say(number, " ".join(text(data, kind, self.codepage).split()))
        elif kind == BINARY and len(data) <= _BINARIES and number != _ICON:
            for run in runs(data):
                self._say(0, run)

    def _say(self, number: int, value: str) -> None:
        if number in _FILES:
            self._files[number] = value
        name = _NAMES.get(number, "")
        line = f"{name}: {value}" if name else value
        if value and line not in self.lines[-200:]:
            self.lines.append(line)

    def record(self) -> str:
        """All that is said in one line, between tabs."""
        return "\t".join(line.partition(": ")[2] or line for line in self.lines)


def told(
    message: Thing, recipients: list[Thing], files: list[Thing], base: str, budget: Budget
) -> Iterator[Item]:
    """A message: its properties, its recipients, the names of its files, its bodies, its files."""
    yield from windows((f"{line}\n" for line in message.lines), joined(base, "properties"))
    people = (f"{each.record()}\n" for each in recipients if each.lines)
    yield from windows(people, joined(base, "recipients"))
    names = (f"{fielded(each.name)}\n" for each in files if each.name)
    yield from windows(names, joined(base, "names of attachments"))
    more = (f"{line}\n" for each in files for line in each.lines if line != each.name)
    yield from windows(more, joined(base, "properties of attachments"), hidden=True)
    for name, body, charset in message.bodies:
        yield _body(joined(base, name), body, charset, budget)
    called: Counter[str] = Counter()
    for number, each in enumerate(files, start=1):
        if each.data is not None:
            name = each.name or f"attachment {number}"
            called[name] += 1
            name = joined(base, label(name if called[name] == 1 else f"{name} {called[name]}"))
            try:
                budget.member()
                budget.spend(len(each.data))
            except Trouble as trouble:
                yield Unread(where=name, why=trouble.why)
                return
            yield member(name, each.data)


def member(name: str, data: bytes, charset: str = "") -> Member:
    """A member of these bytes."""
    places = range(0, len(data), CHUNK)
    stream = chunked((data[at : at + CHUNK] for at in places), declared=charset)
    return Member(name=name, stream=stream)


def _body(name: str, data: bytes, charset: str, budget: Budget) -> Member | Unread:
    try:
        if name.endswith("rtf"):
            data = unpacked(data)
        budget.spend(len(data))
    except Trouble as trouble:
        return Unread(where=name, why=trouble.why)
    if name.endswith("html") and not is_page(data[: 1 << 13].decode("utf-8", "replace")):
        data = _PAGE + data
    return member(name, data, charset)
