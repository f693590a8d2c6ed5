from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.read.coded.spots import Kind, Spots

RUN = base64.b64encode(bytes(range(90))).decode()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (RUN, Kind.RUN),
        ("\n".join(RUN[at : at + 12] for at in range(0, 96, 12)), Kind.NARROW),
        (bytes(range(40)).hex(" "), Kind.PAIRS),
        ("4142 " * 12, Kind.PAIRS),
        ("0x41, 0x42, 0x43,", Kind.MARKED),
        ("\\x41" * 30, Kind.MARKED),
        ("\nbegin 644 a\nM" + "A" * 60 + "\n", Kind.BEGIN),
        ("\n=ybegin line=128", Kind.YENC),
        ("<~87cURD]", Kind.FRAME),
        ("data:text/plain;base64,QUJD", Kind.URI),
    ],
)
def test_each_sign_is_seen(text: str, kind: Kind) -> None:
    """Among words, and nothing before it."""
    before = "some words\nof a text, "
    found = Spots(before + text).next(0)
    assert found is not None
    assert found[1] is kind
    assert found[0] >= len(before) or kind is Kind.NARROW


@given(text=st.text(), at=st.integers(0, 50))
def test_places_only_grow(text: str, at: int) -> None:
    """No sign stands before the place that was asked for."""
    spots = Spots(text)
    while (found := spots.next(at)) is not None:
        assert at <= found[0] < len(text)
        at = found[0] + 1


def test_prose_has_none() -> None:
    """Nor has a table, or a list of words."""
    for text in ("The officers met at noon.\n" * 99, "4400123,Adebayo,PC\n" * 99, "Quill\n" * 99):
        assert Spots(text).next(0) is None


def test_hashes_are_no_runs() -> None:
    """Alone, behind an address, in a list of them; the first of a list is looked at: it may be wrapped."""
    one = "".join("9f" if at % 2 else "c1" for at in range(20))
    assert Spots(f"ann@x.example:{one}\nbob@x.example:{one}\n").next(0) is None
    assert Spots(f"sha256-{'aB3d' * 10}xyZ= and so on").next(0) is None
    listed = Spots("\n" + f"{one}\n" * 9)
    assert listed.next(0) == (1, Kind.RUN)
    assert listed.next(2) is None
    said = b"PC 1234 Adebayo Quill".hex()[:40]
    assert Spots(f"x:{said}\n").next(0) == (2, Kind.RUN)


@pytest.mark.parametrize("line", ["{}  a.txt\n", "a,{},b\n", "ab\n{}\ncd\n", "file {}\n"])
def test_lists_of_hashes_have_no_sign_and_text_among_them_has(line: str) -> None:
    """Whatever short words stand around a hash; letters of ASCII in hexadecimal are no hash."""
    hashes = [hashlib.sha1(b"%d" % at).hexdigest() for at in range(50)]
    assert Spots("".join(map(line.format, hashes))).next(0) is None
    said = b"PC Adebayo 4400123, ".hex()
    text = "".join(map(line.format, [*hashes[:25], said, *hashes[25:]]))
    assert Spots(text).next(0) == (text.index(said), Kind.RUN)
