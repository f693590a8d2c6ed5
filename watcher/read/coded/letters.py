"""
Letters → bytes: base64, base32, hexadecimal, ASCII85, in pieces of any length.

RFC 4648; ASCII85 as Adobe frames it (PostScript Language Reference, 3.13.3).
Letters that are none of the alphabet are left out, and so is what is left over
at the end and makes no byte. Only groups of ASCII85 can be wrong (Trouble).
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Protocol

from watcher.model import Why
from watcher.read.budget import Trouble

_ESCAPES = re.compile(r"\\/|\\u00([0-9A-Fa-f]{2})|%([0-9A-Fa-f]{2})")
_TORN = re.compile(r"(?:\\(?:u(?:0(?:0[0-9A-Fa-f]?)?)?)?|%[0-9A-Fa-f]?)\Z")
_SIXTY_FOUR = re.compile(rb"[^A-Za-z0-9+/]+")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_THIRTY_TWO = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567",
    b"0123456789abcdefghijklmnop0123456789abcdefghijklmnopqrstuv",
)
_NOT_THIRTY_TWO = re.compile(rb"[^A-Za-z2-7]+")
_NO_DIGITS = bytes(each for each in range(256) if each not in b"0123456789abcdefABCDEF")
_GROUP = re.compile(rb"z|[!-u]{5}")


class Letters(Protocol):
    """One alphabet on its way to bytes."""

    def feed(self, text: str) -> bytes:
        """The bytes that are complete."""
        ...

    def finish(self) -> bytes:
        """Those of the last letters."""
        ...


def _plain(text: str) -> str:
    """Without the escapes of JSON strings and of addresses."""
    return _ESCAPES.sub(_unescaped, text) if "\\" in text or "%" in text else text


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else "/"


class Base64:
    """RFC 4648 §4 and §5, the padding there or not."""

    def __init__(self) -> None:
        self._torn = ""
        self._rest = b""

    def feed(self, text: str) -> bytes:
        text = self._torn + text if self._torn else text
        self._torn = ""
        if ("\\" in text[-6:] or "%" in text[-3:]) and (torn := _TORN.search(text)):
            text, self._torn = text[: torn.start()], torn[0]
        data = _plain(text).encode("ascii", "replace").translate(_URL_SAFE)
        data = self._rest + _SIXTY_FOUR.sub(b"", data)
        cut = len(data) // 4 * 4
        self._rest = data[cut:]
        return binascii.a2b_base64(data[:cut])

    def finish(self) -> bytes:
        rest, self._rest = self._rest, b""
        return binascii.a2b_base64(rest + b"=" * (-len(rest) % 4)) if len(rest) > 1 else b""


class Base32:
    """RFC 4648 §6, in capitals or not."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, text: str) -> bytes:
        data = _NOT_THIRTY_TWO.sub(b"", text.encode("ascii", "replace"))
        data = self._rest + data.translate(_THIRTY_TWO)
        cut = len(data) // 8 * 8
        self._rest = data[cut:]
        return b"".join(
            int(piece, 32).to_bytes(len(piece) * 5 // 8, "big")
            for piece in (data[at : min(at + 4096, cut)] for at in range(0, cut, 4096))
        )

    def finish(self) -> bytes:
        rest, self._rest = self._rest, b""
        size = len(rest) * 5 // 8
        if not size:
            return b""
        return (int(rest, 32) >> (len(rest) * 5 - size * 8)).to_bytes(size, "big")


class Hexadecimal:
    """Pairs of digits, with anything between them, marked as such or not."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, text: str) -> bytes:
        data = self._rest + text.encode("ascii", "replace")
        # A nought at the end may be that of an `0x`, which is no digit.
        keep = 1 if data.endswith(b"0") else 0
        data, tail = data[: len(data) - keep], data[len(data) - keep :]
        return self._digits(data, tail)

    def _digits(self, data: bytes, tail: bytes) -> bytes:
        if b"x" in data or b"X" in data:
            data = data.replace(b"0x", b"").replace(b"0X", b"")
        data = data.translate(None, _NO_DIGITS)
        cut = len(data) // 2 * 2
        self._rest = data[cut:] + tail
        return binascii.a2b_hex(data[:cut])

    def finish(self) -> bytes:
        return self._digits(self._rest, b"")


class Ascii85:
    """What stands between `<~` and `~>`."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, text: str) -> bytes:
        data = self._rest + b"".join(text.encode("ascii", "replace").split())
        groups: list[bytes] = []
        end = 0
        if b"z" in data:
            for found in _GROUP.finditer(data):
                groups.append(found[0])
                end = found.end()
        else:
            end = len(data) // 5 * 5
            groups.append(data[:end])
        self._rest = data[end:]
        return _eighty_five(b"".join(groups))

    def finish(self) -> bytes:
        rest, self._rest = self._rest, b""
        return _eighty_five(rest) if len(rest) > 1 else b""


def _eighty_five(data: bytes) -> bytes:
    try:
        return base64.a85decode(data)
    except ValueError:
        raise Trouble(Why.BROKEN) from None  # no number of 32 bits
