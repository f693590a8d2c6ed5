"""
One record out of what a row, a line or a window holds.

Each identifier becomes a match; rank, unit, location and vetting speak only of
the officers whom a name, number or address already named.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from matchers.people.around import rank_phrase
from matchers.people.chance import Rule
from matchers.people.identifiers import MailHit, NumberHit
from matchers.people.judge import Judge, Judged
from matchers.people.numbers import WEAK_BITS
from matchers.people.siphash import Kind, tags
from matchers.people.tables import Array
from matchers.people.words import phrase
from watcher.api import Family, Match, Record, Sign

CONTRADICTION = -1.0  # bits, for a rank, and for the place together: at most 2
FEWEST = 3.0  # rule of three: a share is never taken from fewer people
MOST_PLACE_BITS = 8.0

PLACES = ("unit", "location", "vetting")


@dataclass(slots=True)
class Held:
    """What one record holds, before it is weighed."""

    name: Judged | None = None
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

    def __init__(self, tables: dict[str, Array], key: tuple[int, int], judge: Judge) -> None:
        self._key = key
        self._judge = judge
        self._traits: dict[str, list[int]] = {
            name: tables[f"officer_{name}"].tolist() for name in ("rank", *PLACES)
        }
        self._counts: dict[str, dict[int, int]] = {}
        for name, values in self._traits.items():
            counts: dict[int, int] = {}
            for value in values:
                counts[value] = counts.get(value, 0) + 1
            self._counts[name] = counts
        self._people = max(1, len(self._traits["rank"]))
        self._tags: dict[tuple[bool, str], int] = {}

    def record(self, where: str, number: int, held: Held) -> Record | None:
        """The record, or None if nothing enrolled is in it."""
        matches: list[Match] = []
        if held.name is not None and held.name.officers:
            matches.append(
                Match(
                    officers=held.name.officers,
                    field="name",
                    family=Family.NAME,
                    edits=held.name.edits,
                    bits=self._judge.bits(held.name.rule),
                )
            )
        for hit, weak in held.numbers:
            for role, officers in hit.officers.items():
                bits = min(hit.bits, WEAK_BITS) if weak else hit.bits
                matches.append(
                    Match(officers=officers, field=role, family=Family.NUMBER, bits=bits)
                )
        matches.extend(
            Match(officers=hit.officers, field="email", family=Family.MAIL, bits=hit.bits)
            for hit in held.addresses
            if hit.officers
        )
        named = {officer for match in matches for officer in match.officers}
        if not (held.name and held.name.officers) and held.surnames:
            shared = named.intersection(held.surnames)
            if shared:
                matches.append(
                    Match(
                        officers=tuple(sorted(shared)),
                        field="surname",
                        family=Family.NAME,
                        bits=self._judge.bits(Rule.SURNAME),
                    )
                )
        if not matches:
            return None
        officers = tuple(sorted(named))
        if held.rank and (match := self._rank(officers, held.rank)):
            matches.append(match)
        if held.places and (match := self._place(officers, held.places)):
            matches.append(match)
        return Record(
            where=where, number=number, matches=tuple(matches), signs=frozenset(held.signs)
        )

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
        return -math.log2(min(1.0, max(FEWEST, self._counts[trait].get(tag, 0)) / self._people))

    def _rank(self, officers: Sequence[int], text: str) -> Match | None:
        tag = self._tag(text, is_rank=True)
        values = self._traits["rank"]
        same = tuple(officer for officer in officers if values[officer] == tag)
        if same and tag:
            return Match(
                officers=same, field="rank", family=Family.RANK, bits=self._bits("rank", tag)
            )
        if tag and all(values[officer] for officer in officers):
            return Match(
                officers=tuple(officers), field="rank", family=Family.RANK, bits=CONTRADICTION
            )
        return None

    def _place(self, officers: Sequence[int], places: dict[str, str]) -> Match | None:
        """Unit, location and vetting together, as one kind of evidence."""
        said = [(name, self._tag(text, is_rank=False)) for name, text in places.items()]
        said = [(name, tag) for name, tag in said if tag]
        agreed: dict[int, list[str]] = {}
        against = 0
        for officer in officers:
            for name, tag in said:
                if self._traits[name][officer] == tag:
                    agreed.setdefault(officer, []).append(name)
                elif self._traits[name][officer]:
                    against += 1
        if agreed:
            most = max(map(len, agreed.values()))
            same = {officer: names for officer, names in agreed.items() if len(names) == most}
            tag_of = dict(said)
            bits = min(
                sum(self._bits(name, tag_of[name]) for name in names) for names in same.values()
            )
            field_name = next(iter(same.values()))[0]
            return Match(
                officers=tuple(sorted(same)),
                field=field_name,
                family=Family.PLACE,
                bits=min(bits, MOST_PLACE_BITS),
            )
        if against:
            return Match(
                officers=tuple(officers), field=said[0][0], family=Family.PLACE, bits=CONTRADICTION
            )
        return None
