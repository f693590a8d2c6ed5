"""
Encrypted members of a ZIP archive: PKWARE's old cipher (APPNOTE 6.1) and WinZip's AES (AE-1, AE-2).

Tried with the words of the document that carries the archive. Members of a
method that Python's zipfile does not know are unpacked here as well.
"""

from __future__ import annotations

import bz2
import hashlib
import hmac
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable

from watcher.model import Why
from watcher.read.archives.ziplayout import data_of
from watcher.read.budget import Budget, Trouble
from watcher.read.decoders import Copy, Decoder, Inflate, Zstd, deflate64
from watcher.read.unpack import Unpacked

Source = Callable[[int], bytes]

AES = 99  # APPNOTE appendix E
_EXTRA = 0x9901
_ROUNDS = 1000  # of PBKDF2 (WinZip's specification)
_MAC = 10
_SURE = 1 << 18  # bytes that must come out well before a word is believed
_SLOW = 32 << 20  # bytes that the old cipher is followed: it runs at about 1 MB/s


def method(number: int, held: int) -> Decoder:
    """A decoder for a compression method of APPNOTE 4.4.5. Raises Trouble(UNSUPPORTED)."""
    match number:
        case 0:
            return Copy()
        case 8:
            return Inflate()
        case 9:
            return deflate64()
        case 12:
            return bz2.BZ2Decompressor()
        case 93:
            return Zstd(held)
        case 95:
            return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=held)
    raise Trouble(Why.UNSUPPORTED)


def unusual(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Source:
    """
    A member in clear, to where its data end, whatever size is said of it.

    Raises Trouble, at the end where its checksum is another, or bytes are left.
    """
    data = _Slice(data_of(archive, info))
    made = Unpacked(
        data.read,
        lambda: method(info.compress_type, budget.bounds.held),
        torn=info.compress_type != 0,
    )
    crc = 0

    def checked(size: int) -> bytes:
        nonlocal crc
        out = made.more(size)
        crc = zlib.crc32(out, crc)
        if not out and (crc != info.CRC or made.left or data.read(1)):
            raise Trouble(Why.BROKEN)
        return out

    return checked


def _unpacked(source: Source, number: int, budget: Budget) -> Source:
    return Unpacked(source, lambda: method(number, budget.bounds.held), torn=number != 0).more


def unlocked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Source:
    """The bytes of an encrypted member, if one of the document's words opens it. Raises Trouble."""
    opened = _aes if info.compress_type == AES else _old
    for word in budget.words.tried():
        if source := opened(archive, info, word, budget):
            budget.words.worked(word)
            return source
    raise Trouble(Why.ENCRYPTED)


class _Slice:
    """Bytes to be read in order."""

    def __init__(self, data: memoryview) -> None:
        self._data = data

    def read(self, size: int) -> bytes:
        data, self._data = bytes(self._data[:size]), self._data[size:]
        return data


def _old(archive: zipfile.ZipFile, info: zipfile.ZipInfo, word: str, _: Budget) -> Source | None:
    """One byte tells a wrong word from the right one; the bytes that follow tell for certain."""
    faults = (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, OSError)
    pwd = word.encode("utf-8", "replace")
    try:
        with archive.open(info, pwd=pwd) as file:
            file.read(_SURE)
        again = archive.open(info, pwd=pwd)
    except (*faults, lzma.LZMAError, ValueError):
        return None
    given = 0

    def more(size: int) -> bytes:
        nonlocal given
        given += size
        if given > _SLOW:
            raise Trouble(Why.LIMIT)
        return again.read(size)

    return more


def _aes(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, word: str, budget: Budget
) -> Source | None:
    from Cryptodome.Cipher.AES import MODE_CTR, new
    from Cryptodome.Util import Counter

    strength, packing = _aes_extra(info.extra)
    length = 8 * (strength + 1)
    body = data_of(archive, info)
    salt = bytes(body[: length // 2])
    if len(body) < len(salt) + 2 + _MAC:
        raise Trouble(Why.BROKEN)
    keys = hashlib.pbkdf2_hmac("sha1", word.encode(), salt, _ROUNDS, 2 * length + 2)
    if keys[-2:] != body[len(salt) : len(salt) + 2]:
        return None
    data, mac = body[len(salt) + 2 : -_MAC], bytes(body[-_MAC:])
    # A wrong word passes two bytes once in 65,536 times; the code over all bytes decides.
    if not hmac.compare_digest(hmac.digest(keys[length:-2], data, "sha1")[:_MAC], mac):
        raise Trouble(Why.BROKEN)
    counter = Counter.new(128, initial_value=1, little_endian=True)
    cipher = new(keys[:length], MODE_CTR, counter=counter)
    packed = _Slice(data)
    plain = lambda size: cipher.decrypt(packed.read(size))  # noqa: E731  # two lines would say no more
    return _unpacked(plain, packing, budget)


def _aes_extra(extra: bytes) -> tuple[int, int]:
    """(strength 1 to 3, compression method) of WinZip's extra field. Raises Trouble."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _EXTRA and size >= 7 and at + 11 <= len(extra):
            _, _, strength, packing = struct.unpack_from("<H2sBH", extra, at + 4)
            if strength in (1, 2, 3):
                return strength, packing
        at += 4 + size
    raise Trouble(Why.BROKEN)
