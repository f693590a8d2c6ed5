"""
Who joined, left or changed since the last enrolment, in counts.

The index keeps two keyed hashes for each person; the roster of today is hashed
under the key of the index of yesterday and laid beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from watcher.model import Person

if TYPE_CHECKING:
    import numpy as np

    Prints = np.ndarray[Any, np.dtype[np.uint64]]


# What the roster says of somebody, besides the ref.
_SAID = tuple(sorted(each.name for each in fields(Person) if each.name != "ref"))
_ENCODER = json.JSONEncoder()


class Changes(NamedTuple):
    joined: int
    left: int
    changed: int


def _hash(key: bytes, kind: bytes, text: str) -> int:
    """BLAKE2b keyed (RFC 7693), 64 bits; the kind keeps a ref from being read as a row."""
    return int.from_bytes(
        hashlib.blake2b(
            text.encode("utf-8", "surrogatepass"), digest_size=8, key=key, person=kind
        ).digest(),
        "little",
    )


def fingerprints(people: Sequence[Person], key: bytes) -> Prints:
    """A row for each: the keyed hash of the ref, and of everything else the roster says."""
    import numpy as np

    found = np.zeros((len(people), 2), dtype=np.uint64)
    for at, person in enumerate(people):
        said = {name: getattr(person, name) for name in _SAID}
        found[at, 0] = _hash(key, b"ref", person.ref)
        found[at, 1] = _hash(key, b"row", _ENCODER.encode(said))
    return found


def changes(before: Prints, now: Prints, *, by_ref: bool) -> Changes:
    """
    The counts, of fingerprints made under one key.

    Refs that are only row numbers move when a row is put in: then (`by_ref`
    false) people are known by what the roster says of them, and somebody who
    changed counts as one who left and one who joined.
    """
    if by_ref:
        old = dict(before.tolist())
        new = dict(now.tolist())
        kept = old.keys() & new.keys()
        return Changes(
            joined=len(new.keys() - old.keys()),
            left=len(old.keys() - new.keys()),
            changed=sum(old[ref] != new[ref] for ref in kept),
        )
    there, here = Counter(before[:, 1].tolist()), Counter(now[:, 1].tolist())
    return Changes(joined=(here - there).total(), left=(there - here).total(), changed=0)
