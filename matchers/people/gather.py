"""
One record out of what a row, a line or a window holds.

Each identifier becomes a match; rank, unit, location and vetting speak only of
the officers whom a name, number or address already named.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field

import numpy as np

from matchers.people.around import rank_phrase
from matchers.people.chance import Rule
from matchers.people.numbers import WEAK_BITS
from matchers.people.said import MailHit, Named, NumberHit
from matchers.people.siphash import Kind, tags
from matchers.people.tables import Array
from matchers.people.words import phrase
from watcher.api import Family, Match, Record, Sign

CONTRADICTION = -1.0  # bits, for a rank, and for the place together: at most 2
FEWEST = 3.0  # rule of three: a share is never taken from fewer people
MOST_PLACE_BITS = 8.0
REMEMBERED = 1 << 14  # names and ranks of which the match is kept

PLACES = ("unit", "location", "vetting")


@dataclass(slots=True)
class Held:
    """What one record holds, before it is weighed."""

    name: Named | None = None
    numbers: list[tuple[NumberHit, bool]] = field(
        default_factory=list
    )  # the hit, and if it is weak
    addresses: list[MailHit] = field(default_factory=list)
    surnames: tuple[int, ...] = ()  # carriers of a surname that stands alone
    rank: str = ""
    places: dict[str, str] = field(default_factory=dict)  # unit, location, vetting → value
    signs: set[Sign] = field(default_factory=set)


class Gatherer:
    """Weighs what records hold."""

    def __init__(self, tables: dict[str, Array], key: tuple[int, int], bits: Array) -> None:
        self._key = key
        self._bits_of = bits
        # as numbers that lie side by side: objects would take six times the memory
        self._traits = {
            name: array("Q", tables[f"officer_{name}"].tobytes()) for name in ("rank", *PLACES)
        }
        self._alike = _alike(tables)
        people = max(1, len(self._traits["rank"]))
        self._least = -math.log2(min(1.0, FEWEST / people))
        self._weights = {name: _weights(tables[f"officer_{name}"], people) for name in self._traits}
        self._tags: dict[tuple[bool, str], int] = {}
        # Rows of a long list say the same of the same people again and again: one
        # object for each, or a list of a million strangers would not fit.
        self._names: dict[Named, Match] = {}
        self._ranks: dict[tuple[tuple[int, ...], int], Match | None] = {}
        self._signs: dict[frozenset[Sign], frozenset[Sign]] = {}

    def record(self, where: str, number: int, held: Held) -> Record | None:
        """The record, or None if nothing enrolled is in it."""
        matches: list[Match] = []
        if held.name is not None and held.name.officers:
            matches.append(self._name(held.name))
        for hit, weak in held.numbers:
            for role, officers in hit.officers.items():
                bits = min(hit.bits, WEAK_BITS) if weak else hit.bits
                matches.append(
                    Match(officers=officers, field=role, family=Family.NUMBER, bits=bits)
                )
        matches.extend(
            Match(officers=hit.officers, field=hit.field, family=hit.family, bits=hit.bits)
            for hit in held.addresses
            if hit.officers
        )
        if len(matches) == 1:
            officers = matches[0].officers
        else:
            officers = tuple(sorted({officer for match in matches for officer in match.officers}))
        if not (held.name and held.name.officers) and held.surnames:
            shared = set(officers).intersection(held.surnames)
            if shared:
                matches.append(
                    Match(
                        officers=tuple(sorted(shared)),
                        field="surname",
                        family=Family.NAME,
                        bits=float(self._bits_of[Rule.SURNAME]),
                        carriers=int(self._alike[list(shared)].max()),
                    )
                )
        if not matches:
            return None
        if held.rank and (match := self._rank(officers, held.rank)):
            matches.append(match)
        if held.places and (match := self._place(officers, held.places)):
            matches.append(match)
        if any(hit.numeric and hit.own and hit.officers for hit in held.addresses):
            held.signs.add(Sign.MAILBOX)
        shown = frozenset(held.signs)
        shown = self._signs.setdefault(shown, shown)
        return Record(where=where, number=number, matches=tuple(matches), signs=shown)

    def _name(self, name: Named) -> Match:
        match = self._names.get(name)
        if match is None:
            match = Match(
                officers=name.officers,
                field="name",
                family=Family.NAME,
                edits=name.edits,
                bits=float(self._bits_of[name.rule]),
            )
            if len(self._names) >= REMEMBERED:
                self._names = {}
            self._names[name] = match
        return match

    def _tag(self, text: str, *, is_rank: bool) -> int:
        known = self._tags.get((is_rank, text))
        if known is None:
            token = rank_phrase(text) if is_rank else phrase(text)
            known = int(tags(Kind.TEXT, [token], self._key)[0]) if token else 0
            if len(self._tags) > 1 << 14:
                self._tags = {}
            self._tags[(is_rank, text)] = known
        return known

    def _bits(self, trait: str, tag: int) -> float:
        return self._weights[trait].get(tag, self._least)

    def _rank(self, officers: tuple[int, ...], text: str) -> Match | None:
        look = (officers, self._tag(text, is_rank=True))
        known = self._ranks
        if look not in known:
            if len(known) >= REMEMBERED:
                self._ranks = known = {}  # other threads keep the one they hold
            known[look] = self._of_rank(*look)
        return known[look]

    def _of_rank(self, officers: tuple[int, ...], tag: int) -> Match | None:
        values = self._traits["rank"]
        same = tuple(officer for officer in officers if values[officer] == tag)
        if same and tag:
            return Match(
                officers=same, field="rank", family=Family.RANK, bits=self._bits("rank", tag)
            )
        if tag and all(values[officer] for officer in officers):
            return Match(officers=officers, field="rank", family=Family.RANK, bits=CONTRADICTION)
        return None

    def _place(self, officers: tuple[int, ...], places: dict[str, str]) -> Match | None:
        """Unit, location and vetting together, as one kind of evidence."""
        said = [(name, self._tag(text, is_rank=False)) for name, text in places.items()]
        said = [(name, tag) for name, tag in said if tag]
        agreed: dict[int, list[str]] = {}
        bits: dict[str, float] = {}
        for name, tag in said:
            values = self._traits[name]
            bits[name] = self._bits(name, tag)
            for officer in officers:
                if values[officer] == tag:
                    agreed.setdefault(officer, []).append(name)
        if agreed:
            most = max(map(len, agreed.values()))
            same = sorted(officer for officer, names in agreed.items() if len(names) == most)
            weight = min(sum(bits[name] for name in agreed[officer]) for officer in same)
            return Match(
                officers=tuple(same),
                field=agreed[same[0]][0],
                family=Family.PLACE,
                bits=min(weight, MOST_PLACE_BITS),
            )
        if any(self._traits[name][officer] for name, _ in said for officer in officers):
            return Match(
                officers=officers, field=said[0][0], family=Family.PLACE, bits=CONTRADICTION
            )
        return None


def _weights(values: Array, people: int) -> dict[int, float]:
    """By value: −log2 of the share of people who have it."""
    found, counts = np.unique(values, return_counts=True)
    bits = -np.log2(np.minimum(1.0, np.maximum(FEWEST, counts) / people))
    return dict(zip(found.tolist(), bits.tolist(), strict=True))


def _alike(tables: dict[str, Array]) -> Array:
    """By officer: how many people carry the commonest of his or her surnames."""
    start = tables["sur_start"].astype(np.int64)
    people = start[1:] - start[:-1]
    found = np.zeros(len(tables["officer_rank"]), dtype=np.int64)
    np.maximum.at(found, tables["sur_officer"], np.repeat(people, people))
    return found
