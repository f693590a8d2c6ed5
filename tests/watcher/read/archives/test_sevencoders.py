from __future__ import annotations

import py7zr
import pytest

from tests.watcher.read.made import MIB, bounds, parts, unread, walked
from tests.watcher.read.packed import sevened
from watcher.model import Why
from watcher.read.archives.sevencoders import Chain, Coder, Keys, encrypted, rounds
from watcher.read.budget import Budget, Trouble

BODY = b"".join(b"PC Adebayo %d\n" % at for at in range(20_000))
LZMA, LZMA2 = {"id": py7zr.FILTER_LZMA, "preset": 3}, {"id": py7zr.FILTER_LZMA2, "preset": 3}
METHODS: dict[str, list[dict[str, int]]] = {
    "lzma": [LZMA],
    "lzma2": [LZMA2],
    "delta": [{"id": py7zr.FILTER_DELTA, "dist": 4}, LZMA2],
    "x86": [{"id": py7zr.FILTER_X86}, LZMA],
    "arm": [{"id": py7zr.FILTER_ARM}, LZMA2],
    "ppmd": [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 22}],
    "copy": [{"id": py7zr.FILTER_COPY}],
    "deflate": [{"id": py7zr.FILTER_DEFLATE}],
    "bzip2": [{"id": py7zr.FILTER_BZIP2}],
    "zstd": [{"id": py7zr.FILTER_ZSTD, "level": 3}],
    "brotli": [{"id": py7zr.FILTER_BROTLI, "level": 3}],
    "aes": [LZMA2, {"id": py7zr.FILTER_CRYPTO_AES256_SHA256}],
}


@pytest.mark.parametrize("method", [name for name in METHODS if name != "aes"])
def test_each_method_gives_back_what_was_packed(method: str) -> None:
    """Two members in one block, the second begun where the first ended."""
    items = walked(sevened([("a.txt", BODY), ("b.txt", b"Quill")], filters=METHODS[method]))
    assert parts(items)["a.txt"].text == BODY.decode()
    assert parts(items)["b.txt"].text == "Quill"
    assert unread(items) == []


def chain(*coders: Coder, data: bytes = b"x" * 64, password: str | None = None) -> bytes:
    budget = Budget(bounds(memory=64 * MIB))
    read = Chain(coders, memoryview(data), budget, password, Keys()).read
    return b"".join(iter(lambda: read(1000), b""))


@pytest.mark.parametrize(
    ("coder", "why"),
    [
        (Coder(b"BCJ2", b"", 9), Why.UNSUPPORTED),
        (Coder(b"\x03\x01\x01", b"\x5d\xff\xff\xff\xff", 9), Why.LIMIT),  # a window of 4 GiB
        (Coder(b"\x21", b"\x28", 9), Why.LIMIT),
        (Coder(b"\x03\x04\x01", b"\x06\xff\xff\xff\xff", 9), Why.LIMIT),
        (Coder(b"\x03\x01\x01", b"", 9), Why.BROKEN),
        (Coder(b"\x21", b"\x01", 9), Why.BROKEN),
        (Coder(b"\x06\xf1\x07\x01", b"\x53\x07" + bytes(8), 9), Why.ENCRYPTED),
    ],
)
def test_what_cannot_be_unpacked_says_why(coder: Coder, why: Why) -> None:
    """Windows are judged before they are allocated."""
    with pytest.raises(Trouble) as told:
        chain(coder)
    assert told.value.why is why


def test_a_key_of_too_many_rounds_is_a_limit() -> None:
    """The archive says how often its password is hashed: no more than 7-Zip itself would."""
    coder = Coder(b"\x06\xf1\x07\x01", b"\x7e\x07" + bytes(8), 64)
    assert encrypted((coder,)) == 62
    with pytest.raises(Trouble) as told:
        chain(coder, password="x")
    assert told.value.why is Why.LIMIT
    assert rounds(19) == 16
    assert encrypted((Coder(b"\0", b"", 1),)) is None


def test_a_copy_is_cut_at_its_size() -> None:
    """A block may be filled up beyond what it holds."""
    assert chain(Coder(b"\0", b"", 5)) == b"x" * 5
