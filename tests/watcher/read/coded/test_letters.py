from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.budget import Trouble
from watcher.read.coded.letters import Ascii85, Base32, Base64, Hexadecimal, Letters

BYTES = st.binary(max_size=300)
WAYS: dict[str, tuple[Callable[[], Letters], Callable[[bytes], str]]] = {
    "base64": (Base64, lambda data: base64.b64encode(data).decode()),
    "unpadded": (Base64, lambda data: base64.b64encode(data).decode().rstrip("=")),
    "url-safe": (Base64, lambda data: base64.urlsafe_b64encode(data).decode()),
    "JSON": (Base64, lambda data: base64.b64encode(data).decode().replace("/", "\\/")),
    "address": (Base64, lambda data: base64.b64encode(data).decode().replace("+", "%2B")),
    "base32": (Base32, lambda data: base64.b32encode(data).decode()),
    "small": (Base32, lambda data: base64.b32encode(data).decode().lower().rstrip("=")),
    "hex": (Hexadecimal, lambda data: data.hex().upper()),
    "pairs": (Hexadecimal, lambda data: data.hex(":")),
    "C": (Hexadecimal, lambda data: ", ".join(f"0x{each:02x}" for each in data)),
    "escapes": (Hexadecimal, lambda data: "".join(f"\\x{each:02x}" for each in data)),
    "85": (Ascii85, lambda data: base64.a85encode(data, wrapcol=70).decode()),
}


def pieces(letters: Letters, text: str, cuts: list[int]) -> bytes:
    found = b""
    at = 0
    for cut in cuts:
        found += letters.feed(text[at : at + cut])
        at += cut
    return found + letters.feed(text[at:]) + letters.finish()


@pytest.mark.parametrize("way", WAYS)
@given(data=BYTES, cuts=st.lists(st.integers(1, 40), max_size=30))
def test_bytes_come_back(way: str, data: bytes, cuts: list[int]) -> None:
    """As they were, in whatever pieces their letters come."""
    letters, encoded = WAYS[way]
    assert pieces(letters(), encoded(data), cuts) == data


@given(text=st.text(max_size=80))
def test_any_text_has_some_bytes(text: str) -> None:
    """Or is said to be broken; no other exception."""
    for each in (Base64(), Base32(), Hexadecimal(), Ascii85()):
        try:
            each.feed(text)
            each.finish()
        except Trouble:
            assert isinstance(each, Ascii85)
