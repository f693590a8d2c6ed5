from __future__ import annotations

import quopri

import pytest

from tests.watcher.read.made import parts, walked
from watcher.model import Part
from watcher.read.coded import quoted

TEXT = (
    "Siân Adebayo, René Quill and Zoë of the Force Control Room at the old Town Hall, who said so\n"
)


def test_what_it_says_is_a_second_reading() -> None:
    """The lines are found among others, and their text beside the raw one, as an echo."""
    body = "hello\n" + quopri.encodestring(TEXT.encode() * 5).decode()
    items = walked(body.encode())
    found = parts(items)["quoted-printable at line 2"]
    assert found.echo
    assert found.text == TEXT * 5
    assert parts(items)[""].text == body


@pytest.mark.parametrize(
    "text", ["a=1&b=2\n" * 99, "QUJD" * 18 + "QQ==\n", "x == y\n" * 9, "key=\n" * 50, ""]
)
def test_other_signs_of_equality_are_none(text: str) -> None:
    """Queries, sources, padding."""
    assert quoted.lines(text) is None
    assert all(isinstance(each, Part) and not each.echo for each in walked(text.encode()))


def test_letters_that_had_no_need_of_it_are_read() -> None:
    """All of a text may be written so, to be found by nobody."""
    text = "".join(f"={byte:02X}" for byte in b"PC Adebayo 4400123")
    place = quoted.lines(text)
    assert place == (0, len(text))
    assert quoted.plain(text) == b"PC Adebayo 4400123"
    assert quoted.lines("a=40, b=50, c=60, d=70 and =20=30\n") is None
