"""
Office files that were encrypted without a secret: opened with the passwords that programs use by themselves.

Excel encrypts with `VelvetSweatshop` what it only protects (MS-OFFCRYPTO;
MS-XLS 2.2.10). Any other password is none of ours: `encrypted`. All of it
happens in memory: the library's own way for old workbooks spools them to disk.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from pyexpat import ExpatError

from watcher.model import Why
from watcher.read.budget import Trouble

PASSWORDS = ("VelvetSweatshop", "")
SPINS = 1_000_000  # rounds of hashing; the specification allows ten times as many
_SPINS = re.compile(rb'spinCount="(\d{1,12})"')
# Records that are never encrypted (MS-XLS 2.2.10), of BoundSheet8 the first four bytes.
_CLEAR = frozenset((0x809, 0x2F, 0x194, 0x195, 0xE1, 0x196, 0x138))
_BOUND, _FILEPASS = 0x85, 0x2F
_XOR, _RC4 = 0, 1
# What the library makes of bytes that are not as they should be.
_ODD = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
    OSError,
)
_LONGEST_XOR = 1 << 24  # the library's way takes a hundredfold of it


def package(info: bytes, sealed: bytes) -> bytes:
    """The package in an `EncryptedPackage` stream. Raises Trouble(ENCRYPTED) where it stays shut."""
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    told = _SPINS.search(info)
    if told and int(told[1]) > SPINS:
        raise Trouble(Why.ENCRYPTED)
    faults = (DecryptionError, FileFormatError, InvalidKeyError, ExpatError)
    for password in PASSWORDS:
        with suppress(*faults, *_ODD):
            found = _package(info, sealed, password)
            if found.startswith(b"PK"):
                return found
    raise Trouble(Why.ENCRYPTED)


def _package(info: bytes, sealed: bytes, password: str) -> bytes:
    from msoffcrypto.format import ooxml
    from msoffcrypto.method.ecma376_agile import ECMA376Agile
    from msoffcrypto.method.ecma376_standard import ECMA376Standard

    kind, told = ooxml._parseinfo(io.BytesIO(info))  # its class opens files only
    if kind == "agile":
        hashing = told["passwordHashAlgorithm"]
        salt, spins = told["passwordSalt"], told["spinValue"]
        known = ECMA376Agile.verify_password(
            password,
            salt,
            hashing,
            told["encryptedVerifierHashInput"],
            told["encryptedVerifierHashValue"],
            spins,
            told["passwordKeyBits"],
        )
        if not known:
            return b""
        key = ECMA376Agile.makekey_from_password(
            password, salt, hashing, told["encryptedKeyValue"], spins, told["passwordKeyBits"]
        )
        opened = ECMA376Agile.decrypt(
            key, told["keyDataSalt"], told["keyDataHashAlgorithm"], io.BytesIO(sealed)
        )
        return bytes(opened)
    header, verifier = told["header"], told["verifier"]
    key = ECMA376Standard.makekey_from_password(
        password,
        header["algId"],
        header["algIdHash"],
        header["providerType"],
        header["keySize"],
        verifier["saltSize"],
        verifier["salt"],
    )
    known = ECMA376Standard.verifykey(
        key, verifier["encryptedVerifier"], verifier["encryptedVerifierHash"]
    )
    return bytes(ECMA376Standard.decrypt(key, io.BytesIO(sealed))) if known else b""


def _records(body: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 4 <= len(body):
        kind, size = struct.unpack_from("<2H", body, at)
        if at + 4 + size > len(body) or not (kind or size):
            return
        yield kind, at + 4, size
        at += 4 + size


def workbook(body: bytes) -> bytes:
    """A workbook's stream (BIFF8) in clear. Raises Trouble(ENCRYPTED) where it stays shut."""
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    told = next(
        (body[at : at + size] for kind, at, size in _records(body) if kind == _FILEPASS), b""
    )
    # What is encrypted, and around it as many zeros as stand in clear.
    sealed = bytearray(len(body))
    clear = bytearray(body)
    spans: list[tuple[int, int]] = []
    for kind, at, size in _records(body):
        if kind in _CLEAR:
            if kind == _FILEPASS:
                clear[at - 4 : at - 2] = b"\xff\xff"  # a record that means nothing
            continue
        first = at + 4 if kind == _BOUND else at
        sealed[at : at + size] = body[at : at + size]
        spans.append((first, at + size))
    for password in PASSWORDS:
        with suppress(DecryptionError, InvalidKeyError, *_ODD):
            opened = _workbook(told, bytes(sealed), spans, password)
            for first, end in spans if opened else ():
                clear[first:end] = opened[first:end]
            if opened:
                return bytes(clear)
    raise Trouble(Why.ENCRYPTED)


def _workbook(told: bytes, sealed: bytes, spans: list[tuple[int, int]], password: str) -> bytes:
    from msoffcrypto.format.common import _parse_header_RC4CryptoAPI
    from msoffcrypto.method.rc4 import DocumentRC4
    from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI
    from msoffcrypto.method.xor_obfuscation import DocumentXOR

    kind, major, minor = struct.unpack_from("<3H", told)
    if kind == _RC4 and (major, minor) == (1, 1):
        salt, verifier, digest = told[6:22], told[22:38], told[38:54]
        if DocumentRC4.verifypw(password, salt, verifier, digest):
            plain = DocumentRC4.decrypt(password, salt, io.BytesIO(sealed), blocksize=1024)
            return bytes(plain.read())
    elif kind == _RC4 and minor == 2:
        info = _parse_header_RC4CryptoAPI(io.BytesIO(told[6:]))
        salt, bits = info["salt"], info["keySize"]
        if DocumentRC4CryptoAPI.verifypw(
            password, salt, bits, info["encryptedVerifier"], info["encryptedVerifierHash"]
        ):
            plain = DocumentRC4CryptoAPI.decrypt(
                password, salt, bits, io.BytesIO(sealed), blocksize=1024
            )
            return bytes(plain.read())
    elif kind == _XOR and password and len(sealed) <= _LONGEST_XOR:
        verifier = struct.unpack_from("<2H", told, 2)[1]
        if DocumentXOR.verifypw(password, verifier):
            marks = [0] * len(sealed)
            for first, end in spans:
                marks[first:end] = [-1] * (end - first)
            return bytes(DocumentXOR.decrypt(password, io.BytesIO(sealed), marks, [], 10).read())
    return b""
