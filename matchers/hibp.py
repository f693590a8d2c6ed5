"""
Addresses as Have I Been Pwned knows them: by plain SHA-1, asked for by its first six digits.

Whoever holds such a hash can test guesses at it, without any key, and 24 bits
of it are enough for that. So both sides live here: `enrol` puts whole hashes
into the sealed index, only if the operator asked for it, and nothing outside
the seal, the memory and the question to the service ever holds one. What it
reads is what its own source writes of the answers, and no other document.

The form is that of the service's API, version 3: SHA-1 of the address, trimmed
and in lower case, in hexadecimal; its first six digits are asked for, and the
other 34 come back.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import ClassVar

import numpy as np

from watcher.api import Family, Match, Part, Person, Record, Sign, Tables, Tally, Watch

PREFIX = 6  # hexadecimal digits that are asked for
BYTES = 20  # of a SHA-1
# RFC 2606 §2: nobody has an address there, and a canary is nobody's business.
_NOWHERE = ".invalid"
# `sha1:… in Adobe (2013): Passwords / Phone numbers`
_LINE = re.compile(r"sha1:([0-9A-F]{40}) in ([^:\r\n]{1,120})(?:: ([^\r\n]*))?")
# What of the service's classes of data stands for what we know of; the others say less.
_CLASSES = {
    "password": Sign.SECRET,
    "physical address": Sign.ADDRESS,
    "phone number": Sign.PHONE,
    "date of birth": Sign.BIRTH,
    "dates of birth": Sign.BIRTH,
    "vehicle": Sign.VEHICLE,
    "family": Sign.KIN,
    "spouse": Sign.KIN,
}


class Hibp:
    """Enrols the SHA-1 of every address. It discloses: what it enrols is asked for elsewhere."""

    name = "hibp"
    discloses: ClassVar[bool] = True

    def __init__(self, watch: Watch) -> None:
        pass

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        """
        `sha1`: (n, 20) bytes in order; whose each is: `officer[start[i]:start[i + 1]]`.

        The service knows no key, so that none is used. `report_…`: how many
        addresses, how many prefixes, and how many addresses share one.
        """
        found: dict[bytes, set[int]] = {}
        for at, person in enumerate(people):
            for text in person.emails:
                address = text.strip().lower()
                if "@" in address and not address.endswith(_NOWHERE):
                    digest = hashlib.sha1(address.encode("utf-8", "replace"), usedforsecurity=False)
                    found.setdefault(digest.digest(), set()).add(at)
        hashes = sorted(found)
        whose = [sorted(found[each]) for each in hashes]
        prefixes = Counter(each.hex()[:PREFIX] for each in hashes)
        alone = sum(count == 1 for count in prefixes.values())
        return {
            "sha1": np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, BYTES).copy(),
            "start": np.cumsum([0, *map(len, whose)], dtype=np.uint32),
            "officer": np.array([at for each in whose for at in each], dtype=np.uint32),
            "report_asked_addresses": np.array([len(hashes)]),
            "report_asked_prefixes": np.array([len(prefixes)]),
            "report_asked_shared": np.array([len(hashes) - alone]),
        }

    def load(self, tables: Tables, key: bytes) -> HibpRanges:
        """Raises ValueError if the tables are not those of this matcher."""
        try:
            return HibpRanges(tables)
        except KeyError as problem:
            raise ValueError("a table of hashed addresses is missing") from problem


class HibpRanges:
    """The hashes, in order: whose they are, which prefixes to ask for, which of an answer are ours."""

    def __init__(self, tables: Tables) -> None:
        hashes, start, officer = (tables[name] for name in ("sha1", "start", "officer"))
        if hashes.ndim != 2 or hashes.shape[1] != BYTES or start.size != len(hashes) + 1:
            raise ValueError("the tables of hashed addresses do not fit one another")
        self._whose = {
            each.tobytes().hex().upper(): tuple(officer[start[at] : start[at + 1]].tolist())
            for at, each in enumerate(hashes)
        }
        self._prefixes = list(dict.fromkeys(each[:PREFIX] for each in self._whose))

    def after(self, prefix: str) -> Sequence[str]:
        """The prefixes behind this one, in order; all of them for ""."""
        return self._prefixes[bisect_right(self._prefixes, prefix) :]

    def ours(self, prefix: str, suffixes: Iterable[str]) -> Sequence[str]:
        """Of the hashes that these suffixes complete, those of ours, whole and in upper case."""
        whole = (f"{prefix}{suffix}".upper() for suffix in suffixes)
        return [each for each in whole if each in self._whose]

    def match(self, part: Part) -> Tally:
        """
        One record for each line that names a hash of ours and a breach.

        `where` of the record is the breach, which is public, and not a place in
        the document.
        """
        records = []
        for number, line in enumerate(part.text.split("\n"), start=part.first):
            told = _LINE.match(line)
            officers = self._whose.get(told[1]) if told else None
            if told is None or not officers:
                continue
            match = Match(officers=officers, field="email", family=Family.MAIL, bits=160.0)
            classes = (told[3] or "").lower()
            signs = frozenset(sign for word, sign in _CLASSES.items() if word in classes)
            records.append(Record(where=told[2], number=number, matches=(match,), signs=signs))
        return Tally(records=tuple(records))
