"""Slashes behind known hosts: none is missed, and nearly no other is named."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sources.slashes import Slashes

HOSTS = ("paste.example", "x.st", "127.0.0.1:8080")
FINDS = Slashes(HOSTS)
WORDS = st.sampled_from((*HOSTS, "PASTE[.]example", "x(dot)st", "/", "\\/", "[/]", "%2F", "%252f", "é", " ", "a/b"))  # fmt: skip


def behind(text: str, slash: str) -> list[int]:
    """The same by a pattern: where a slash stands behind a host as it is written plainly."""
    names = "|".join(map(re.escape, HOSTS))
    return [each.end("host") for each in re.finditer(rf"(?i)(?P<host>{names})(?={slash})", text)]


@given(st.lists(WORDS, max_size=30).map("".join))
def test_none_is_missed(text: str) -> None:
    """Whatever stands around it, in the order in which they stand."""
    plain = FINDS.plain(text)
    assert plain == sorted(set(plain))
    assert set(behind(text, "/")) <= set(plain)
    assert set(behind(text, "%(?:25){0,2}2[Ff]")) <= set(FINDS.encoded(text))
    assert all(text[at] == "/" for at in plain)


def test_none_is_missed_where_a_long_text_is_cut() -> None:
    """It is searched in pieces; an address may begin in one and end in another."""
    for length in range((1 << 17) - 20, (1 << 17) + 20):
        text = " " * length + "paste.example/1" + " " * 99 + "x.st/2"
        assert FINDS.plain(text) == [text.index("/1"), text.index("/2")]


def test_other_hosts_are_hardly_ever_named() -> None:
    """A page of links costs next to nothing."""
    text = "".join(
        f"https://w{n}.example.org/{n}/a?b=https%3A%2F%2Fw{n}.org%2F\n" for n in range(9999)
    )
    assert len(FINDS.plain(text)) + len(FINDS.encoded(text)) < 100
    assert FINDS.plain("paste.example") == FINDS.encoded("paste.example/") == []
