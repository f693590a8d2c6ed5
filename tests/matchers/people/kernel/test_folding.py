"""Folding, compiled."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.fold import APOSTROPHE, SKIP
from matchers.people.kernel.folding import fold
from tests.matchers.people.kernel.windows import otherwise
from tests.matchers.people.oracles import fold_with_case


def shown(text: str) -> str:
    """The fold of a text with its capitals, `_` for what is skipped."""
    signs = {SKIP: "_", APOSTROPHE: "'"}
    return "".join(
        chr(c & 0x7F).upper() if c & 0x80 else signs.get(c, chr(c)) for c in fold(text).tolist()
    )


def check(text: str) -> None:
    """Where nothing is escaped the classes are those of `fold`."""
    text = text.translate(dict.fromkeys(map(ord, "\\&%"), "-"))
    folded, upper = fold_with_case(text)
    found = fold(text)
    assert (found & 0x7F).tobytes() == folded
    assert (found >= 0x80).tolist() == upper.tolist()


def agree(count: int, dice: random.Random) -> None:
    for _ in range(count):
        most = dice.choice((128, 256, 0x3000, 0x110000))
        check("".join(chr(dice.randrange(most)) for _ in range(50)))
        often = [dice.choice((128, 128, 128, most)) for _ in range(dice.randrange(9))]
        check("".join(chr(dice.randrange(most)) for most in often for _ in range(40)))


def test_every_character_of_one_byte() -> None:
    check("".join(map(chr, range(128))))
    check("".join(map(chr, range(256))))


def test_equal_to_the_table() -> None:
    agree(400, random.Random(1))


def test_the_same_interpreted() -> None:
    otherwise(__name__, 20, NUMBA_DISABLE_JIT="1")


def test_lone_surrogates_are_characters() -> None:
    """A broken decoder must not break the fold."""
    check("a\ud800b\U0001d400")
    check("\ud800\0\0")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Se\u00e1n", "Sea_____n"), (r"Se\xe1n", "Sea___n"), ("Se&#225;n", "Sea_____n"),
        ("Se&#xE1;n", "Sea_____n"), ("Se&aacute;n", "Sea_______n"), ("&Eacute;va", "E_______va"),
        ("O&#8217;Neill", "O'______Neill"), (r"O\'Neill", "O_'Neill"), ("a&nbsp;b", "a _____b"),
        (r"\ud835\udc12mith", "S___________mith"), ("Se%C3%A1n", "Sea_____n"), ("a%20b", "a __b"),
        ("x%40y", "x@__y"), (r"Smith\nJones", "Smith\n_Jones"), (r"a\t\"b\/c", "a\t__\"b_/c"),
        ("AT&amp;T", "AT&____T"),
    ],
)  # fmt: skip
def test_escapes_are_read_in_place(text: str, read: str) -> None:
    """The character at the first place, the rest skipped: offsets stay."""
    assert shown(text) == read


def test_escapes_are_read_wherever_they_stand() -> None:
    """And whatever ends within them."""
    for size in range(70):
        for behind in ("", "x" * 70):
            text = "x" * size + r"\u00e1&eacute;%C3%A1&amp;\xe9" + behind
            assert shown(text) == "x" * size + "a_____e_______a_____&____e___" + behind


@pytest.mark.parametrize(
    "text",
    [r"POLICE\nsmith", "AT&T; x", "a & b", "&#;", "&#x;", "&nothing;", "50%25", "%zz", "%C3%28", "%00",
     "\\u12", "\\", "&", "%", "%4", "&#99999999;"],
)  # fmt: skip
def test_what_is_no_escape_stays(text: str) -> None:
    folded, upper = fold_with_case(text)
    signs = {SKIP: "_", APOSTROPHE: "'"}
    plain = "".join(
        chr(c).upper() if up else signs.get(c, chr(c)) for c, up in zip(folded, upper, strict=True)
    )
    assert shown(text).replace("_", "") == plain.replace("_", "")


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("\\ux&#;%0aAdD1eé🙂n"), max_size=30))
def test_offsets_are_kept_whatever_is_escaped(text: str) -> None:
    assert fold(text).size == len(text)
