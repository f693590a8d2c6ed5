r"""
RTF (Rich Text Format 1.9.1): text in order, tables, what is hidden, and embedded files.

Hidden (`\v`) and deleted (`\deleted`) text, comments and field codes stand
apart and are hidden; a picture's and an object's bytes (`\pict`, `\objdata`)
are members. Groups may be nested without end: their states are a list.
"""

from __future__ import annotations

import binascii
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from watcher.model import Unread, Why
from watcher.read.budget import Budget
from watcher.read.charsets.codepage import page
from watcher.read.label import label
from watcher.read.office.oleobject import embedded
from watcher.read.office.rtftokens import Mark, Token, charset, tokens
from watcher.read.stream import Item, Member, Stream
from watcher.read.table import Table
from watcher.read.text import Windows

DEPTH = 100_000  # groups inside groups
_WIDE = 1 << 20  # characters of a paragraph that are held

SEEN, HIDDEN, DELETED, CODES, OTHER, DROPPED = (
    "", "hidden text", "deleted text", "field codes", "other destinations", "-"
)  # fmt: skip
_VISIBLE = (SEEN, "headers", "footnotes", "alternative texts")
# fmt: off
_DESTINATIONS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
                     "footerf"), "headers"),
    **dict.fromkeys(("footnote", "ftnsep", "ftnsepc", "aftnsep"), "footnotes"),
    **dict.fromkeys(("annotation", "atnauthor", "atnid", "atntime"), "comments"),
    **dict.fromkeys(("info", "title", "subject", "author", "manager", "company", "operator",
                     "category", "keywords", "comment", "doccomm", "hlinkbase"), "properties"),
    **dict.fromkeys(("fldinst", "datafield"), CODES),
    **dict.fromkeys(("sv", "wgrffmtfilter", "objname", "objclass", "picprop"), "alternative texts"),
    **dict.fromkeys(("shptxt", "fldrslt", "result", "pntext", "listtext", "shprslt", "shpinst", "shppict"), SEEN),
    **dict.fromkeys(("fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "sn", "sp",
                     "rsidtbl", "generator", "latentstyles", "themedata", "colorschememapping",
                     "xmlnstbl", "mmathPr", "pgptbl", "filetbl", "blipuid", "nonshppict",
                     "panose", "falt", "fontemb", "template", "private", "nesttableprops",
                     "passwordhash", "creatim", "revtim", "printim", "objtime", "pnseclvl"), DROPPED),
}
# fmt: on
_FILES = {"pict": "picture", "objdata": "object", "datastore": "data store", "fontfile": "font"}
_SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "~": "\xa0", "_": "-", "-": "", "emdash": "\u2014",
    "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "bullet": "\u2022", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_HEX = re.compile(rb"[^0-9A-Fa-f]")


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group."""

    channel: str = SEEN
    file: str = ""
    codec: str = ""
    skip: int = 1
    veiled: bool = False
    deleted: bool = False
    fonts: bool = False


@dataclass(slots=True)
class _Text:
    """A paragraph on its way, by channel; bytes wait for those that belong to them."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0

    def add(self, channel: str, text: str) -> None:
        self.texts.setdefault(channel, []).append(text)
        self.size += len(text)

    def taken(self) -> dict[str, str]:
        """What there is, pairs of surrogates joined."""
        return {channel: self.one(channel) for channel in list(self.texts)}

    def one(self, channel: str) -> str:
        """What a channel has."""
        text = "".join(self.texts.pop(channel, ()))
        self.size -= len(text)
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Reading:
    """One document on its way through its tokens. Full Parts and files are in `out`."""

    def __init__(self, budget: Budget) -> None:
        self.out: list[Item] = []
        self._budget = budget
        self._state = _State()
        self._stack: list[_State] = []
        self._starts = False  # a group has just begun: the next word may name it
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._skip = 0
        self._bytes = bytearray()
        self._text = _Text()
        self._cells: list[dict[str, str]] = []
        self._inner: list[str] = []
        self._inside = False  # a table
        self._table: Table | None = None
        self._row = 0
        self._tables = 0
        self._windows: dict[str, Windows] = {}
        self._file = bytearray()
        self._digits = bytearray()
        self._files = 0

    def take(self, token: Token) -> bool:
        """The next token. False where groups are nested too deep."""
        if token.mark is Mark.OPEN:
            self._stack.append(self._state)
            self._starts = True
            return len(self._stack) <= DEPTH
        if token.mark is Mark.CLOSE:
            self._close()
        elif token.mark is Mark.WORD:
            self._word(token.word, token.number)
            self._starts = self._starts and token.word == "*"
        else:
            self._starts = False
            self._data(token)
        return True

    def _close(self) -> None:
        self._flush()
        before, self._state = self._state, self._stack.pop() if self._stack else _State()
        if before.file and not self._state.file:
            self._embed(before.file)
        if before.channel != self._state.channel or before.channel == "properties":
            self._paragraph(before.channel)
        self._starts = False
        self._skip = 0

    def _data(self, token: Token) -> None:
        state = self._state
        if state.file:
            self._budget.spend(len(token.data))
            if token.mark is Mark.BINARY:
                self._file += token.data
            elif token.mark is Mark.TEXT:
                self._digits += _HEX.sub(b"", token.data)
            return
        data = token.data
        if token.mark is Mark.BINARY or (state.channel == DROPPED and not state.fonts):
            return
        if self._skip:
            cut = min(self._skip, len(data))
            self._skip -= cut
            data = data[cut:]
        self._bytes += data
        if len(self._bytes) > _WIDE:
            self._flush()

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = self._bytes, bytearray()
            codec = self._state.codec or self._page
            self._say(data.decode(codec, "replace"))

    def _say(self, text: str) -> None:
        state = self._state
        if state.channel == DROPPED:
            return
        channel = state.channel
        if channel in _VISIBLE:
            channel = HIDDEN if state.veiled else DELETED if state.deleted else channel
        self._text.add(channel, text)
        if self._text.size > _WIDE and not self._inside:
            self._paragraph(None)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._flush()
            self._say(chr(number & 0xFFFF))
            self._skip = self._state.skip
            return
        self._flush()
        self._skip = 0
        on = number != 0
        if self._starts and (word in _DESTINATIONS or word in _FILES):
            self._enter(word)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word == "*":
            # A destination that only some programs know: one that this list has not may hold anything.
            self._state = replace(self._state, channel=OTHER)
        elif word in ("par", "sect", "page", "column"):
            self._ended()
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self._tabled(word)
        elif word in ("pard", "intbl", "trowd"):
            self._inside = word != "pard"
        elif word == "v":
            self._state = replace(self._state, veiled=on)
        elif word == "deleted":
            self._state = replace(self._state, deleted=on)
        elif word == "plain":
            self._state = replace(self._state, veiled=False, deleted=False)
        elif word == "uc" and number is not None:
            self._state = replace(self._state, skip=max(min(number, 64), 0))
        else:
            self._charset(word, number or 0)

    def _charset(self, word: str, number: int) -> None:
        if word == "f":
            if self._state.fonts:
                self._font = number
            else:
                self._state = replace(self._state, codec=self._fonts.get(number, ""))
        elif word == "fcharset" and self._state.fonts and len(self._fonts) < 1 << 16:
            self._fonts[self._font] = charset(number)
        elif word == "ansicpg":
            self._page = page(number)
        elif word in ("mac", "pc", "pca"):
            self._page = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[word]

    def _enter(self, word: str) -> None:
        file = _FILES.get(word, "")
        if file and not self._state.file:
            self._file, self._digits = bytearray(), bytearray()
        inner = _DESTINATIONS.get(word, DROPPED)
        if inner == SEEN and self._state.channel not in (SEEN, OTHER):
            inner = self._state.channel  # the result of a field in a header is the header's
        if inner == SEEN and word not in ("pntext", "listtext", "fldrslt"):
            self._ended()
        self._state = replace(
            self._state, channel=inner, file=self._state.file or file, fonts=word == "fonttbl"
        )

    def _ended(self) -> None:
        """A paragraph ends here: of the channel in hand, or in a cell."""
        if self._inside and self._state.channel == SEEN:
            self._say(" ")
            return
        self._paragraph(self._state.channel)

    def _paragraph(self, channel: str | None) -> None:
        """What was said since the last one. A note amid a paragraph leaves that paragraph open."""
        if channel is None or channel == SEEN:
            if channel == SEEN and self._inside:
                return
            self._end_table()
            found = self._text.taken()
        else:
            found = {channel: self._text.one(channel)}
        for name, text in found.items():
            for line in text.split("\n"):
                self._line(name, line)

    def _line(self, channel: str, text: str) -> None:
        text = text.strip(" \r\0")
        if not text.strip():
            return
        self._budget.spend(len(text))
        if channel not in self._windows:
            about = channel == "properties"
            self._windows[channel] = Windows(channel, hidden=channel not in _VISIBLE, echo=about)
        self.out.extend(self._windows[channel].feed(text + "\n"))

    def _tabled(self, word: str) -> None:
        if word == "cell":
            self._cells.append(self._text.taken())
        elif word == "nestcell":
            self._inner.append(" ".join(self._text.taken().get(SEEN, "").split()))
        elif word == "nestrow":
            self._line(SEEN, "\t".join(self._inner))
            self._inner.clear()
        elif self._cells:
            if self._table is None:
                self._tables += 1
                self._table, self._row = Table(f"table {self._tables}"), 0
            self._row += 1
            cells = [" ".join(each.pop(SEEN, "").split()) for each in self._cells]
            self._budget.spend(sum(map(len, cells)))
            self.out.extend(self._table.add(self._row, cells))
            for channel in dict.fromkeys(each for cell in self._cells for each in cell):
                said = (" ".join(cell.get(channel, "").split()) for cell in self._cells)
                self._line(channel, "\t".join(said).strip("\t"))
            self._cells.clear()

    def _end_table(self) -> None:
        for cell in self._cells:
            for channel, text in cell.items():
                self._line(channel, " ".join(text.split()))
        self._cells.clear()
        if self._table is not None:
            self.out.extend(self._table.finish())
            self._table = None

    def _embed(self, kind: str) -> None:
        self._files += 1
        digits = self._digits[: len(self._digits) // 2 * 2]
        data = bytes(self._file) or binascii.unhexlify(digits)
        self._file, self._digits = bytearray(), bytearray()
        if not data:
            return
        self._budget.member()
        name, body = embedded(data) if kind == "object" else ("", data)
        name = label(name) if name else f"{kind} {self._files}"
        self.out.append(Member(name=name, stream=Stream(io.BytesIO(body).read)))

    def finish(self) -> Iterator[Item]:
        """What is left, of a torn file as well."""
        self._flush()
        self._inside = False
        self._paragraph(None)
        if self._state.file:
            self._embed(self._state.file)
        yield from self.out
        for each in self._windows.values():
            yield from each.finish()


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The text, tables and files of an RTF document."""
    body = stream.whole(budget.bounds.held)
    reading = Reading(budget)
    deep = False
    for token in tokens(body):
        if not reading.take(token):
            deep = True
            break
        if reading.out:
            yield from reading.out
            reading.out = []
    yield from reading.finish()
    if deep:
        yield Unread(where="", why=Why.LIMIT)
