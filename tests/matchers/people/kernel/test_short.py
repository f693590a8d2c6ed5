"""Short words, read at once. That they are those that are found one by one, `test_tokens` shows."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.blocks import letters_and_digits
from matchers.people.kernel.compile import compiled
from matchers.people.kernel.folding import fold
from matchers.people.kernel.publics import public
from matchers.people.kernel.short import REACH, bounds, may_be_numbered, plain_word, read
from matchers.people.tables import Array


@compiled
def _length(cls: Array, limit: int, kind: Array) -> int:
    return plain_word(cls, 0, limit, kind)[0]


@compiled
def _seen(cls: Array, length: int) -> tuple[np.uint64, np.uint64, int, bool]:
    bits = letters_and_digits(cls, 0)
    _, a, b = read(cls, 0, length, bits)
    return a, b, bounds(bits, length), may_be_numbered(bits, length)


def length(text: str) -> int:
    """How long the word is that this text begins with, 0 if it is to be read one by one."""
    cls = fold(text + " " * REACH)
    return int(_length(cls, cls.size, public().kind))


@pytest.mark.parametrize(
    ("text", "size"),
    [("smith", 5), ("Smith jones", 5), ("a1b2.", 4), ("x" * 15, 15), ("smith-jones", 5), ("'smith'", 0), ("smith' ", 5),
     ("smith! ", 5), ("smith's", 0), ("sm!th", 0), ("smith-\n", 0), ("smith'-", 0), ("sm\u00adith", 0), ("x" * 16, 0), (".", 0)],
)  # fmt: skip
def test_what_may_go_on_is_not_read_at_once(text: str, size: int) -> None:
    assert length(text) == size


def test_nothing_is_read_behind_the_limit() -> None:
    cls = fold("smith " + "x" * REACH)
    assert _length(cls, REACH - 1, public().kind) == 0
    assert _length(cls, REACH, public().kind) == 5


@pytest.mark.parametrize("text", ["a", "smith", "abcdefgh", "McDonaldSmith", "abcdefghijklmno", "pc4321", "a1234", "x12"])  # fmt: skip
def test_letters_and_what_may_be_written_together(text: str) -> None:
    """Capitals behind small letters, and digits behind those of a rank."""
    a, b, capitals, numbered = _seen(fold(text + " " * REACH), len(text))
    whole = int(a).to_bytes(8, "little") + int(b).to_bytes(8, "little")
    assert whole.rstrip(b"\0").decode() == text.lower()
    places = [i for i in range(1, len(text)) if text[i].isupper() and text[i - 1].islower()]
    assert capitals == sum(1 << place for place in places)
    if any(map(str.isdigit, text)):
        assert numbered == (text == "pc4321")
