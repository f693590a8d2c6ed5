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
