"""A window of text as the kernel lays it out, for the tests of numbers and addresses."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchers.people.enrolling import enrol
from matchers.people.fold import APOSTROPHE, SKIP
from matchers.people.kernel import arrays
from matchers.people.kernel.addresses import addresses
from matchers.people.kernel.digits import cell_number, numbers
from matchers.people.kernel.folding import fold
from matchers.people.kernel.opening import opened
from matchers.people.kernel.places import settle
from matchers.people.kernel.publics import public
from matchers.people.kernel.tokens import cut
from matchers.people.siphash import halves
from matchers.people.tables import Array, check
from watcher.api import Person

KEY = bytes(range(32))
LOW = 0x7F
_POSSESSION = re.compile(rb"(?<=[a-z]{2})\x03s(?![a-z0-9\x03])")


def index(people: Sequence[Person], *domains: str) -> arrays.Index:
    """The opened index of these people."""
    return opened(check(enrol(people, halves(KEY), domains)), halves(KEY))


def numbered(*values: str) -> arrays.Index:
    """The index of somebody who has all of these numbers."""
    return index([Person(ref="a", numbers=tuple(("pay_number", value) for value in values))])


def celled(cls: Array, start: int, end: int, known: arrays.Index, found: arrays.Numbers) -> int:
    """The row of `found` for a cell that is one number, looked up."""
    row = int(cell_number(cls, start, end, known, found))
    settle(known.number_bucket, known.number_tag, found.key, found.group, int(found.count[0]))
    return row


class Window(NamedTuple):
    """What the kernel finds in a text."""

    cls: Array
    mails: arrays.Mails
    numbers: arrays.Numbers


def window(text: str, known: arrays.Index) -> Window:
    """Addresses and numbers of a text; room for 256 of each."""
    cls = fold(text)
    mails, found = arrays.mails(256), arrays.numbers(256)
    addresses(cls, cls.size, known, mails)
    count = int(mails.count[0])
    until = np.column_stack((mails.start[:count], mails.until[:count]))
    words = arrays.words(1 << 12, 1 << 16, 1 << 8)
    tokens = arrays.tokens(cls.size + 64)
    cut(cls, cls.size, until, public(), words, tokens)
    numbers(cls, cls.size, tokens, mails, known, found)
    assert not any(each.full[0] for each in (mails, found, words, tokens))
    return Window(cls, mails, found)


def cleaned(cls: Array) -> tuple[bytes, list[int]]:
    """Folded text without marks, as `words.clean` takes them out, and where each character stood."""
    folded = cls & LOW
    at = np.flatnonzero(folded != SKIP)
    left = folded[at].tobytes()
    owned = {match.start() + 1 for match in _POSSESSION.finditer(left)}
    kept = [i for i, char in enumerate(left) if char != APOSTROPHE and i not in owned]
    return bytes(left[i] for i in kept), [int(at[i]) for i in kept]


def otherwise(module: str, count: int, **environment: str) -> None:
    """Run `agree(count)` of a test module in another process: interpreted, or with bounds checks."""
    script = (
        "import numpy, random\n"
        f"from {module} import agree\n"
        f"with numpy.errstate(over='ignore'): agree({count}, random.Random(2))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script], check=True, env={**os.environ, **environment}, timeout=240
    )


def some(dice: random.Random, choices: Sequence[str], separators: Sequence[str], most: int) -> str:
    """A random text of up to `most` choices."""
    return "".join(
        dice.choice(choices) + dice.choice(separators) for _ in range(dice.randrange(1, most))
    )
