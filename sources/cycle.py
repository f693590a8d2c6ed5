"""
How far a search for ranges has come, and what it has found: a state that is written as text.

It holds hashes of ours, so that it may be stored sealed only.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Cycle:
    """
    One round of questions, about all that is enrolled.

    `latest`: the newest breach when the last round began, "" before the first.
    `known`: the breaches of the rounds before. Of the round that is under way,
    `names` are the breaches it looks for, as the list had them when it began,
    and behind the first `listed` those that only answers named; `at` is the
    prefix it has come to; `found` has for each hash the places in `names`, and
    `told` how many hashes a breach had when it was told of last.

    `salt` stands in every document: the store keeps the digest of a document
    in clear, by which guesses at the one address in it could be tested.
    """

    latest: str = ""
    known: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    listed: int = 0
    at: str = field(default="", repr=False)
    found: dict[str, list[int]] = field(default_factory=dict, repr=False)
    told: dict[str, int] = field(default_factory=dict)
    first: bool = True
    salt: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    @classmethod
    def of(cls, text: str) -> Cycle:
        """What this text says; a new state for what is none."""
        try:
            said: Any = json.loads(text)
            return cls(**said)
        except (ValueError, TypeError):
            return cls()

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @property
    def running(self) -> bool:
        """Whether a round is under way."""
        return bool(self.names)

    def begin(self, latest: str, listed: list[str]) -> None:
        """A round begins, over these breaches."""
        self.latest, self.names, self.listed = latest, list(listed), len(listed)
        self.at, self.found, self.told = "", {}, {}

    def add(self, digest: str, breaches: list[str]) -> None:
        """A hash of ours is in these breaches. Those of the rounds before are passed over."""
        places = []
        for name in breaches:
            if name in self.known:
                continue
            if name not in self.names:
                self.names.append(name)
            places.append(self.names.index(name))
        if places:
            self.found[digest] = places

    def hashes(self) -> dict[str, list[str]]:
        """By breach, the hashes of ours in it, in order."""
        by_name: dict[str, list[str]] = {}
        for digest in sorted(self.found):
            for place in self.found[digest]:
                by_name.setdefault(self.names[place], []).append(digest)
        return by_name

    def grown(self) -> dict[str, list[str]]:
        """
        Those that hold twice as many as were told of, which counts as telling.

        The first is told at once, and a breach of a thousand ten times.
        """
        grown = {
            name: hashes
            for name, hashes in self.hashes().items()
            if self.names.index(name) < self.listed and len(hashes) >= 2 * self.told.get(name, 0.5)
        }
        self.told |= {name: len(hashes) for name, hashes in grown.items()}
        return grown

    def end(self, listed: list[str]) -> dict[str, list[str]]:
        """
        The round is over; all that it found. `listed`: the breaches as the list has them now.

        What was added while it was under way was looked for in a part of the
        people only: that is left for the next round.
        """
        late = set(listed).difference(self.names[: self.listed])
        found = {name: each for name, each in self.hashes().items() if name not in late}
        self.known = [
            *self.known,
            *(n for n in self.names if n not in late and n not in self.known),
        ]
        self.names, self.listed, self.at, self.first = [], 0, "", False
        self.found, self.told = {}, {}
        return found
