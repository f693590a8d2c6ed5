"""
Whom one row points to: the enrolled people on whom its identifiers agree.

Pure arithmetic on positions in the roster. Whether that is more than an
accident is judged in `persons` and `lists`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from watcher.model import Family, Match

# The order in which identifiers are taken as the start of an identity.
ANCHORS = (Family.NAME, Family.MAIL, Family.NUMBER)
FAMILIES = (*ANCHORS, Family.RANK, Family.PLACE)
WORST = -2.0  # bits: a rank or unit that contradicts may simply be out of date

_RANK = FAMILIES.index(Family.RANK)
_ANCHORED = (1 << len(ANCHORS)) - 1
_PLACED = 1 << len(FAMILIES)
_NUMBER = 1 << FAMILIES.index(Family.NUMBER)
# Most addresses are made from the name and a match does not say which are not:
# name and address never multiply.
_SPOKEN = 1 << FAMILIES.index(Family.NAME) | 1 << FAMILIES.index(Family.MAIL)
# By bit mask: a list of 50,000 rows has a handful of combinations.
_KINDS = tuple(
    frozenset(family for at, family in enumerate(FAMILIES) if mask & 1 << at)
    for mask in range(1 << len(FAMILIES))
)


def holding(*families: Family) -> frozenset[frozenset[Family]]:
    """The kinds that an identity may have and that hold all of these: looked up faster than each member."""
    return frozenset(kinds for kinds in _KINDS if kinds.issuperset(families))


_Said = tuple[list[Match], list[Match], list[Match], list[Match], list[Match]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """
    `officers` (positions) that all of `kinds` point to; one is a person, several are namesakes.

    `kinds` holds the families that agree; RANK and PLACE only where they speak
    for these people. `paired`: two independent identifiers agree, a number and
    a name or an address. `carriers`: how many enrolled people have the
    identifier it starts from; `alike`: how many have the name and address that
    agree, so that a number of any of them would have. `ranked`: a rank stands beside it, agreeing or
    not. `bits`: sum over independent families, one match each; of them `spoken`
    are those of name or address and `numbered` those of the number.
    """

    officers: frozenset[int]
    kinds: frozenset[Family]
    paired: bool
    carriers: int
    alike: int
    ranked: bool
    bits: float
    spoken: float = 0.0
    numbered: float = 0.0


def identities(matches: Sequence[Match]) -> tuple[Identity, ...]:
    """
    The people whom the matches of one row name, each told apart as far as the row allows.

    Every name starts an identity, then every address and every number that no
    earlier identity explains. Each is narrowed by the other families wherever
    they have somebody in common; a family that has nobody in common is about
    somebody else.
    """
    if plain := _plain(matches):
        return (plain,)
    said = _sorted(matches)
    found: list[Identity] = []
    explained: list[set[int]] = [set() for _ in ANCHORS]
    for anchor in range(len(ANCHORS)):
        for match in said[anchor]:
            if explained[anchor].isdisjoint(match.officers):
                identity = _narrowed(match, anchor, said)
                found.append(identity)
                for other in range(anchor + 1, len(ANCHORS)):
                    if said[other] and ANCHORS[other] in identity.kinds:
                        explained[other] |= identity.officers
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _plain(matches: Sequence[Match]) -> Identity | None:
    """The one identity of a row whose matches, one of each family, all mean the same one officer."""
    if not matches or len(matches[0].officers) != 1:
        return None
    whose = matches[0].officers
    name = mail = number = None
    carriers = kinds = 0
    ranked = False
    rest = 0.0
    for match in matches:
        if match.officers != whose:
            return None
        family, bits = match.family, match.bits
        if family is Family.NAME and name is None:
            name = bits
            kinds |= 1
            carriers = match.carriers
        elif family is Family.NUMBER and number is None:
            number = bits
            kinds |= _NUMBER
        elif family is Family.MAIL and mail is None:
            mail = bits
            kinds |= 2
        elif family is Family.RANK and not ranked:
            ranked = True
            rest += max(bits, WORST)
            kinds |= (bits > 0) << _RANK
        elif family is Family.PLACE and not kinds & _PLACED:
            rest += max(bits, WORST)
            kinds |= (bits > 0) << _RANK + 1 | _PLACED
        else:
            return None
    if not kinds & _ANCHORED:
        return None
    kinds &= ~_PLACED
    either = [bits for bits in (name, mail) if bits is not None]
    spoken = max(either) if either else 0.0
    numbered = number or 0.0
    carriers = carriers or 1
    return Identity(
        officers=frozenset(whose),
        kinds=_KINDS[kinds],
        paired=bool(kinds & _NUMBER and kinds & _SPOKEN),
        carriers=carriers,
        alike=1 if len(either) == 2 else carriers,
        ranked=ranked,
        bits=spoken + numbered + rest,
        spoken=spoken,
        numbered=numbered,
    )


def _sorted(matches: Sequence[Match]) -> _Said:
    """By place in FAMILIES. Compared by identity: hashing an enum's member is slow."""
    said: _Said = ([], [], [], [], [])
    for match in matches:
        if match.officers:
            for at, family in enumerate(FAMILIES):
                if match.family is family:
                    said[at].append(match)
                    break
    return said


def _narrowed(start: Match, anchor: int, said: _Said) -> Identity:
    group = frozenset(start.officers)
    kinds = 1 << anchor
    carriers = alike = max(start.carriers, len(group))
    for at in range(len(ANCHORS)):
        if said[at] and at != anchor and (common := _common(group, said[at])):
            group = common
            kinds |= 1 << at
            if not _NUMBER & 1 << at:
                alike = min(alike, len(group))
    ranked = any(not group.isdisjoint(match.officers) for match in said[_RANK])
    for at in range(len(ANCHORS), len(FAMILIES)):
        if said[at] and (common := _common(group, [m for m in said[at] if m.bits > 0])):
            group = common
            kinds |= 1 << at
    bits, spoken, numbered = (
        max(_bits(officer, said, kinds) for officer in group)
        if len(group) > 1
        else _bits(next(iter(group)), said, kinds)
    )
    return Identity(
        officers=group,
        kinds=_KINDS[kinds],
        paired=bool(kinds & _NUMBER and kinds & _SPOKEN),
        carriers=carriers,
        alike=alike,
        ranked=ranked,
        bits=bits,
        spoken=spoken,
        numbered=numbered,
    )


def _common(group: frozenset[int], matches: Sequence[Match]) -> frozenset[int]:
    if len(matches) == 1:
        return group.intersection(matches[0].officers)
    return group.intersection(chain.from_iterable(match.officers for match in matches))


def _bits(officer: int, said: _Said, kinds: int) -> tuple[float, float, float]:
    """
    The evidence for one officer: the best match of each independent family that agrees.

    All of it, what name or address say of it, and what the number says.
    """
    best: list[float | None] = [None] * len(FAMILIES)
    for at, matches in enumerate(said):
        for match in matches:
            known = best[at]
            if (known is None or match.bits > known) and officer in match.officers:
                best[at] = match.bits
    name, mail, number, rank, place = best
    either = [bits for bits, kind in ((name, 1), (mail, 2)) if bits is not None and kinds & kind]
    spoken = max(either) if either else 0.0
    numbered = number if number is not None and kinds & _NUMBER else 0.0
    total = spoken + numbered
    for bits in (rank, place):
        if bits is not None:
            total += max(bits, WORST)
    return total, spoken, numbered
