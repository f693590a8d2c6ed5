"""An index of chosen name tokens, and words asked of it, for the tests of looking up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchers.people import edits, siphash
from matchers.people.kernel.arrays import Index
from matchers.people.kernel.opening import names_opened
from matchers.people.lexicon import Lexicon
from matchers.people.tables import group

KEY = siphash.halves(bytes(range(16)))


def index(
    surnames: Sequence[bytes], forenames: Sequence[bytes] = (), key: tuple[int, int] = KEY
) -> Index:
    """The index of these distinct tokens: a name's id is its place."""
    both = [edits.file(tokens, key) for tokens in (forenames, surnames)]
    tag, start, order = group(np.concatenate([each.tag for each in both]))
    tables = {
        "name_tag": tag,
        "name_start": start,
        "post_role": np.repeat(np.array([0, 1], np.uint8), [each.tag.size for each in both])[order],
        "post_token": np.concatenate([each.token for each in both])[order].astype(np.uint32),
        "post_mask": np.concatenate([each.mask for each in both])[order],
        "post_cost": np.concatenate([each.cost for each in both])[order],
        "sur_start": np.zeros(len(surnames) + 1, dtype=np.uint32),
        "fore_initial": np.zeros(len(forenames), dtype=np.uint8),
    }
    return names_opened(tables, key)


class Met(NamedTuple):
    """The surnames that a word is and is near."""

    exact: int
    near: tuple[int, ...]


def asked(
    surnames: Sequence[bytes], words: Sequence[bytes], key: tuple[int, int] = KEY
) -> list[Met]:
    """What each of these words is."""
    found = Lexicon.of(index(surnames, key=key)).words(words)
    return [Met(found[word].surname, found[word].surnames) for word in words]
