"""
The coders of a 7z block in a row (Methods.txt of the LZMA SDK), each asked for no more than is needed.

LZMA, LZMA2, Delta, PPMd, BZip2, Deflate, Deflate64, Zstandard, Brotli, Copy,
the branch filters, and AES-256. Not BCJ2, which takes four streams.
"""

from __future__ import annotations

import bz2
import hashlib
import lzma
from collections.abc import Callable
from dataclasses import dataclass

from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.decoders import Brotli, Copy, Decoder, Inflate, Pieces, Zstd, deflate64, ppmd
from watcher.read.unpack import Unpacked

Source = Callable[[int], bytes]

_AES = b"\x06\xf1\x07\x01"
_LZMA, _LZMA2, _DELTA = b"\x03\x01\x01", b"\x21", b"\x03"
_COPIES = (b"\0", b"")
_BRANCHES = {
    b"\x03\x03\x01\x03": "BCJDecoder",
    b"\x04": "BCJDecoder",
    b"\x03\x03\x02\x05": "PPCDecoder",
    b"\x05": "PPCDecoder",
    b"\x03\x03\x04\x01": "IA64Decoder",
    b"\x06": "IA64Decoder",
    b"\x03\x03\x05\x01": "ARMDecoder",
    b"\x07": "ARMDecoder",
    b"\x03\x03\x07\x01": "ARMTDecoder",
    b"\x08": "ARMTDecoder",
    b"\x03\x03\x08\x05": "SparcDecoder",
    b"\x09": "SparcDecoder",
}
_MOST = 24  # 7-Zip's own limit: 2**24 rounds of hashing
_PIECE = 1 << 16


def rounds(power: int) -> int:
    """What trying a password costs that is hashed 2**power times (`Words.tried`)."""
    return max(1, 1 << max(power - 15, 0))


@dataclass(frozen=True, slots=True)
class Coder:
    """One step of unpacking: a method, its properties, and the size of what comes out."""

    method: bytes
    told: bytes
    size: int


def encrypted(coders: tuple[Coder, ...]) -> int | None:
    """The power of two of the rounds by which a block's key is made, None where it has none."""
    for coder in coders:
        if coder.method == _AES:
            return coder.told[0] & 0x3F if coder.told else 0
    return None


class Keys:
    """Keys that were made: most archives have one password and one salt for all their blocks."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bytes, int], bytes] = {}

    def key(self, password: str, salt: bytes, power: int) -> bytes:
        """SHA-256 over salt, password and a counter, 2**power times. Raises Trouble."""
        if (known := self._made.get((password, salt, power))) is not None:
            return known
        word = salt + password.encode("utf-16-le", "replace")
        if power == 0x3F:
            key = (word + bytes(32))[:32]
        elif power > _MOST:
            raise Trouble(Why.LIMIT)
        else:
            made = hashlib.sha256()
            at = 0
            while at < 1 << power:
                end = min(at + 1024, 1 << power)
                made.update(b"".join(word + n.to_bytes(8, "little") for n in range(at, end)))
                at = end
            key = made.digest()
        self._made = {(password, salt, power): key}
        return key


class Chain:
    """The content of a block. `data` is what is packed. Raises Trouble, for a window beyond the bounds too."""

    def __init__(
        self,
        coders: tuple[Coder, ...],
        data: memoryview,
        budget: Budget,
        password: str | None,
        keys: Keys,
    ) -> None:
        self._data = data
        source: Source = self._packed
        for coder in coders:
            source = _sized(_coded(coder, source, budget, password, keys), coder.size)
        self.read = source

    def _packed(self, size: int) -> bytes:
        data, self._data = bytes(self._data[:size]), self._data[size:]
        return data


def _sized(source: Source, left: int) -> Source:
    """So many bytes of it at most: a block may be filled up beyond its content."""

    def more(size: int) -> bytes:
        nonlocal left
        data = source(min(size, left)) if left else b""
        left -= min(len(data), left)
        return data

    return more


def _coded(
    coder: Coder, source: Source, budget: Budget, password: str | None, keys: Keys
) -> Source:
    if coder.method == _AES:
        return _decrypted(source, coder.told, password, keys)
    try:
        return Unpacked(source, lambda: _decoder(coder, budget), torn=False).more
    except MemoryError:
        raise Trouble(Why.LIMIT) from None
    except (lzma.LZMAError, ValueError, IndexError, OverflowError):
        raise Trouble(Why.BROKEN) from None


def _window(size: int, held: int) -> int:
    if size > held:
        raise Trouble(Why.LIMIT)
    return size


def _decoder(coder: Coder, budget: Budget) -> Decoder:
    method, told, held = coder.method, coder.told, budget.bounds.held
    if method in _COPIES:
        return Copy()
    if method == _LZMA:
        # LZMA SDK: lc, lp and pb in one byte, then the window.
        rest, window = divmod(told[0], 9)[0], _window(int.from_bytes(told[1:5], "little"), held)
        filters = {"lc": told[0] % 9, "lp": rest % 5, "pb": rest // 5, "dict_size": window}
        return _raw(lzma.FILTER_LZMA1, filters)
    if method == _LZMA2:
        bits = told[0] & 0x3F
        window = _window((2 | bits & 1) << bits // 2 + 11, held)
        return _raw(lzma.FILTER_LZMA2, {"dict_size": window})
    if method == _DELTA:
        return _delta(told[0] + 1)
    if method in _BRANCHES:
        return _branch(method, coder.size)
    match method:
        case b"\x03\x04\x01":
            return ppmd(told[0], _window(int.from_bytes(told[1:5], "little"), held), budget)
        case b"\x04\x01\x08":
            return Inflate()
        case b"\x04\x01\x09":
            return deflate64()
        case b"\x04\x02\x02":
            return bz2.BZ2Decompressor()
        case b"\x04\xf7\x11\x01":
            return Zstd(held)
        case b"\x04\xf7\x11\x02":
            return Brotli()
    raise Trouble(Why.UNSUPPORTED)


def _raw(number: int, options: dict[str, int]) -> Decoder:
    window = max(options["dict_size"], 1 << 12)
    return lzma.LZMADecompressor(
        lzma.FORMAT_RAW, filters=[options | {"id": number, "dict_size": window}]
    )


def _delta(distance: int) -> Decoder:
    past = bytearray(distance)
    at = 0

    def decode(data: bytes) -> bytes:
        nonlocal at
        out = bytearray(data)
        for index, each in enumerate(out):
            past[at] = out[index] = (each + past[at]) & 0xFF
            at = (at + 1) % distance
        return bytes(out)

    return Pieces(decode, lambda: False)


def _branch(method: bytes, size: int) -> Decoder:
    import bcj

    return Pieces(getattr(bcj, _BRANCHES[method])(size).decode, lambda: False)


def _decrypted(source: Source, told: bytes, password: str | None, keys: Keys) -> Source:
    """AES-256 in CBC mode; the first byte tells the rounds, the second the sizes of salt and start."""
    from Cryptodome.Cipher import AES

    if password is None:
        raise Trouble(Why.ENCRYPTED)
    if len(told) < 2:
        raise Trouble(Why.BROKEN)
    power = told[0] & 0x3F
    salted = (told[0] >> 7 & 1) + (told[1] >> 4)
    begun = (told[0] >> 6 & 1) + (told[1] & 15)
    salt, start = told[2 : 2 + salted], told[2 + salted : 2 + salted + begun]
    cipher = AES.new(keys.key(password, salt, power), AES.MODE_CBC, start.ljust(16, b"\0"))
    rest = out = b""

    def more(size: int) -> bytes:
        nonlocal rest, out
        if not out:
            data = source(_PIECE)
            while data and len(rest + data) < 16:
                rest, data = rest + data, source(_PIECE)
            rest += data
            whole = len(rest) & ~15
            out, rest = cipher.decrypt(rest[:whole]), rest[whole:]
        given, out = out[:size], out[size:]
        return given

    return more
