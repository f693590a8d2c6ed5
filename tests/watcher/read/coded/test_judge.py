from __future__ import annotations

import base64
import hashlib
import random
import zlib

import pytest

from tests.watcher.read.made import archive
from watcher.read.coded import judge
from watcher.read.coded.judge import Found

TEXT = b"Adebayo,4400123,PC\nQuill,4400124,PS\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        TEXT.decode().encode("utf-16-le"),
        TEXT.decode().encode("utf-16"),
        TEXT.decode().encode("cp500") * 3,
        "Siân Ŵyn, Llandrindod".encode(),
        "Siân, Llandrindod, René, Zoë".encode("cp1252") * 2,
        archive([("a.csv", TEXT)]),
        b"%PDF-1.7\n" + bytes(60),
    ],
)
def test_what_means_something_is_told(data: bytes) -> None:
    """Texts in their charsets, and formats by their signatures."""
    assert judge.judged(data, complete=True) is Found.PLAIN
    assert not judge.hopeless(data[:120])


@pytest.mark.parametrize("header", [True, False])
def test_what_is_deflated_is_told_by_what_it_inflates_to(header: bool) -> None:
    """With a header and without one; before it is inflated it is only suspected."""
    text = b"".join(b"Adebayo,%d,PC\n" % at for at in range(99))
    data = zlib.compress(text) if header else zlib.compress(text)[2:-4]
    assert judge.judged(data, complete=True) is Found.DEFLATED
    assert judge.judged(data, complete=True, opened=False) is Found.DEFLATED
    assert judge.judged(zlib.compress(bytes(9999)), complete=True) is Found.NOTHING


@pytest.mark.parametrize("size", [16, 20, 24, 32, 48, 64, 96, 128, 512, 3000])
def test_chance_is_nothing(size: int) -> None:
    """Hashes, keys and noise of every usual length, three thousand of each."""
    dice = random.Random(size)
    for _ in range(3000):
        data = dice.randbytes(size)
        assert judge.judged(data, complete=True) is Found.NOTHING
    assert judge.judged(hashlib.sha512(b"x").digest(), complete=True) is Found.NOTHING


def test_letters_of_other_trades_are_nothing() -> None:
    """Genes, proteins, words and figures, read as if they were base64 or hexadecimal."""
    dice = random.Random(1)
    for letters in ("ACGT", "acgt", "ACDEFGHIKLMNPQRSTVWY", "abcdefghijklmnopqrstuvwxyz"):
        for _ in range(500):
            word = "".join(dice.choices(letters, k=80))
            assert judge.judged(base64.b64decode(word), complete=True) is Found.NOTHING
    assert not judge.figures(bytes.fromhex("21344556672131425364"))
    assert judge.figures(b"123 456 789")
