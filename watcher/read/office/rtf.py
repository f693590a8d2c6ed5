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
from dataclasses import dataclass, replace

from watcher.model import Unread, Why
from watcher.read.budget import Budget
from watcher.read.charsets.codepage import page
from watcher.read.label import label
from watcher.read.office.oleobject import embedded
from watcher.read.office.rtftext import Text
from watcher.read.office.rtftokens import Mark, Token, charset, tokens
from watcher.read.office.rtfwords import (
    DELETED,
    DESTINATIONS,
    DROPPED,
    FILES,
    HIDDEN,
    OTHER,
    SEEN,
    SIGNS,
    VISIBLE,
)
from watcher.read.stream import Item, Member, Stream
from watcher.read.within import INSIDE, Split

DEPTH = 100_000  # groups inside groups
_WIDE = 1 << 20  # bytes of text that wait for their charset

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


class Reading:
    """One document on its way through its tokens."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._state = _State()
        self._stack: list[_State] = []
        self._starts = False  # a group has just begun: the next word may name it
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._skip = 0
        self._bytes = bytearray()
        self.text = Text(budget)
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
            self.text.paragraph(before.channel)
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
        if token.mark is Mark.BINARY:
            self._budget.spend(len(data))
            self._given("binary data", data)
            return
        if state.channel == DROPPED and not state.fonts:
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
        if channel in VISIBLE:
            channel = HIDDEN if state.veiled else DELETED if state.deleted else channel
        self.text.say(channel, text)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._flush()
            self._say(chr(number & 0xFFFF))
            self._skip = self._state.skip
            return
        self._flush()
        self._skip = 0
        on = number != 0
        if self._starts and (word in DESTINATIONS or word in FILES):
            self._enter(word)
        elif word in SIGNS:
            self._say(SIGNS[word])
        elif word == "*":
            # A destination that only some programs know: one that this list has not may hold anything.
            self._state = replace(self._state, channel=OTHER)
        elif word in ("par", "sect", "page", "column"):
            self.text.ended(self._state.channel)
        elif word in ("cell", "nestcell", "row", "nestrow"):
            self.text.tabled(word)
        elif word in ("pard", "intbl", "trowd"):
            self.text.inside = word != "pard"
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
        file = FILES.get(word, "")
        if file and not self._state.file:
            self._file, self._digits = bytearray(), bytearray()
        inner = DESTINATIONS.get(word, DROPPED)
        if inner == SEEN and self._state.channel not in (SEEN, OTHER):
            inner = self._state.channel  # the result of a field in a header is the header's
        if inner == SEEN and word not in ("pntext", "listtext", "fldrslt"):
            self.text.ended(self._state.channel)
        self._state = replace(
            self._state, channel=inner, file=self._state.file or file, fonts=word == "fonttbl"
        )

    def _embed(self, kind: str) -> None:
        digits = self._digits[: len(self._digits) // 2 * 2]
        data = bytes(self._file) or binascii.unhexlify(digits)
        self._file, self._digits = bytearray(), bytearray()
        name, body = embedded(data) if kind == "object" and data else ("", data)
        self._given(kind, body, name)

    def _given(self, kind: str, body: bytes, name: str = "") -> None:
        if not body:
            return
        self._files += 1
        self._budget.member()
        name = label(name) if name else f"{kind} {self._files}"
        self.text.out.append(Member(name=name, stream=Stream(io.BytesIO(body).read)))

    def taken(self) -> list[Item]:
        """The Parts that are full, and files."""
        out, self.text.out = self.text.out, []
        return out

    def finish(self) -> Iterator[Item]:
        """What is left, of a torn file as well."""
        self._flush()
        self.text.inside = False
        self.text.paragraph(None)
        if self._state.file:
            self._embed(self._state.file)
        yield from self.text.finish()


def read(stream: Stream, budget: Budget) -> Iterator[Item]:
    """The text, tables and files of an RTF document."""
    body = stream.whole(budget.bounds.held)
    reading = Reading(budget)
    deep = False
    for token in tokens(body):
        if not reading.take(token):
            deep = True
            break
        if reading.text.out:
            yield from reading.taken()
    yield from reading.finish()
    # Its text is ASCII: an archive in it is none of its own.
    behind = Split(Stream(io.BytesIO(body).read))
    for _ in behind.chunks():
        pass
    if found := behind.rest():
        budget.member()
        yield Member(name=INSIDE, stream=found)
    if deep:
        yield Unread(where="", why=Why.LIMIT)
