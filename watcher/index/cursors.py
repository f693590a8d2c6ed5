"""
Sealed cursors: how far a source came that asks about enrolled people holds hashes of them.

    base64(nonce (12 bytes) | AES-256-GCM(zlib(text)))

The key is derived from the master key alone, and not from the salt of an
index, so that a round of questions goes on across a new enrolment. Whose
cursor it is (the source) is associated data.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import zlib

from watcher.keys import derive

NONCE = 12  # bytes, SP 800-38D §8.2.2


def cursor_key(master: bytes) -> bytes:
    """The key of all sealed cursors of this installation: 32 bytes."""
    return derive(master, "cursors", b"")


def seal_cursor(text: str, key: bytes, *, about: str) -> str:
    """The cursor of this source, encrypted."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE)
    plain = zlib.compress(text.encode("utf-8", "surrogatepass"), level=1)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, plain, about.encode())).decode()


def open_cursor(sealed: str, key: bytes, *, about: str) -> str:
    """The cursor; "" for "". Raises ValueError where it was altered, or is another source's or key's."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not sealed:
        return ""
    try:
        data = base64.b64decode(sealed, validate=True)
        plain = AESGCM(key).decrypt(data[:NONCE], data[NONCE:], about.encode())
        return zlib.decompress(plain).decode("utf-8", "surrogatepass")
    except (binascii.Error, InvalidTag, ValueError, zlib.error):
        # Not chained: nothing of what was sealed is told.
        raise ValueError("a cursor that was altered, or is another source's or key's") from None
