"""Other ways in which one word may have been meant."""

from __future__ import annotations

import pytest

from tests.matchers.people.kernel.filed import asked


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("sm1th", "smith"), ("0wen", "owen"), ("j0n3s", "jones"), ("4l1", "ali"), ("co1l1ns", "collins"),
        ("wi11iam5on", "williamson"), ("8a7e5", "bates"), ("smiiiith", "smith"), ("annnna", "anna"),
        ("ssmmiitthh", "smith"), ("sm111th", "smith"), ("farquharson1111", "farquharsonllll"),
        ("farrrquhharrrsonnn" * 2, "farquhharson" * 2), ("j0hhhhnson", "johnson"),
    ],
)  # fmt: skip
def test_a_disguised_word_is_the_name_itself(word: str, name: str) -> None:
    """Digits for letters (1 is i or l, each for itself), long runs, every letter twice: no edit."""
    assert asked([name.encode()], [word.encode()])[0].exact == 0


def test_an_edit_besides_is_one_edit() -> None:
    assert asked([b"williams"], [b"wi11iam", b"w1lliamms", b"vilIiams".lower()])[0].near == (0,)
    assert asked([b"robertson"], [b"r0bertsen"])[0].near == (0,)


@pytest.mark.parametrize("word", ["1234", "c1234", "b2b", "aab", "ssmith2"])
def test_other_words_are_none(word: str) -> None:
    assert asked([b"smith", b"ab"], [word.encode()])[0].exact == -1


def test_what_is_written_stands_before_what_may_be_meant() -> None:
    """Both are enrolled: the name as it is printed, the other is near."""
    found = asked([b"annnna", b"anna"], [b"annnna"])[0]
    assert found.exact == 0
    assert found.near == (1,)
