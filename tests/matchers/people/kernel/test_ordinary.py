"""Addresses read at once. That they are those that the pattern finds, `test_addresses` shows."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people.kernel.folding import fold
from matchers.people.kernel.ordinary import ordinary

ROOM = " " * 40


def read(text: str) -> tuple[str, str] | None:
    """The address as it stands and as it is spelled; None if it is to be read one by one."""
    text = f"{ROOM}{text}{ROOM}"
    cls, work = fold(text), np.zeros(1024, dtype=np.uint8)
    start, end, local, size = ordinary(cls, text.index("@"), 0, cls.size, work)
    if start < 0:
        return None
    assert work[local] == ord("@")
    return text[start:end], work[:size].tobytes().decode()


@pytest.mark.parametrize(
    ("text", "whole", "spelled"),
    [
        ("j.smith@force.example", "j.smith@force.example", "j.smith@force.example"),
        ("<J.Smith@Force.Example>", "J.Smith@Force.Example", "j.smith@force.example"),
        ("to: a.@x.example.", "a.@x.example", "a@x.example"),
        (".-a_b+tag@x-y.co.uk:secret", "a_b+tag@x-y.co.uk", "a_b@x-y.co.uk"),
        ("x@watched.pnn.example", "x@watched.pnn.example", "x@watched.example"),
        ("x@watched.example.pnn", "x@watched.example.pnn", "x@watched.example"),
        ("x@pnn.example..", "x@pnn.example", "x@example"),
    ],
)
def test_what_is_read(text: str, whole: str, spelled: str) -> None:
    """Without the `+tag` and the label under which every force exists again."""
    assert read(text) == (whole, spelled)


@pytest.mark.parametrize(
    "text",
    ["o'neill@x.example", "bo\u200bb@x.example", "x@a.example's", "x@example", "@x.example", "x@ x.example",
     "a" * 32 + "@x.example", "x@" + "a" * 32 + ".example", "x@a.b.c.d.e.f.g.h.i.j", "a dot b@x.example",
     "x@force dot example", "x@force [dot] example", "x_dot_y@force_dot_example", "x@pnn.pnn"],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    """Marks, disguises, and what is too long: one by one."""
    assert read(text) is None


def test_nothing_is_read_outside_the_text() -> None:
    """Near its ends all are read one by one."""
    text = "x@force.example"
    for before in range(0, 40, 3):
        for behind in range(0, 40, 3):
            cls = fold(" " * before + text + " " * behind)
            start, end, _, _ = ordinary(cls, before + 1, 0, cls.size, np.zeros(1024, np.uint8))
            assert start == -1 or (start, end) == (before, before + len(text))
