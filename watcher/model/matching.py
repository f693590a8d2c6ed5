"""What matchers say of a document: whose, where and how likely by accident. Never what."""

from __future__ import annotations

import enum
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace


class Family(enum.StrEnum):
    """Kinds of evidence that are independent of one another; two of one kind never multiply."""

    NAME = "name"
    NUMBER = "number"
    MAIL = "mail"
    RANK = "rank"
    PLACE = "place"
    SUPPLIER = "supplier"


class Sign(enum.StrEnum):
    """What stands around identifiers and says how much they matter."""

    POLICE = "police"  # a rank attached, a police word within 60 characters, an id heading
    FORCE = "force"  # a watched domain, or an address at one
    VETTING = "vetting"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    BIRTH = "birth date"
    VEHICLE = "vehicle"
    INSURANCE = "national insurance"
    KIN = "next of kin"
    PHOTO = "photo"
    SECRET = "secret"  # noqa: S105  # a password beside an address
    THREAT = "threat"
    STAFF_LIST = "staff list"  # headings name people and two of id, rank, unit, vetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    One identifier that some enrolled people have. Never *what* it is.

    `officers` are positions in the enrolled roster (0-based): whom it may
    mean. `field` is the roster's column (`surname`, `pay_number`, `email` …) or
    `name`. `edits`: how far from what was enrolled. `bits`: −log2 of the number
    of *other* people whom a stranger's identifier of this kind would be taken
    for; negative for a contradiction.
    """

    officers: tuple[int, ...]
    field: str
    family: Family
    edits: int = 0
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row, line or short window in which something matched, and what stands around it."""

    where: str
    number: int
    matches: tuple[Match, ...]
    signs: frozenset[Sign] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """
    The rows of one list for one kind of identifier, counted before any look-up.

    Parallel arrays, a place for each row that holds such an identifier:
    `keys` ('Q', a keyed hash by which equal rows are found), `chance` ('d',
    the probability that an innocent row matches), `hit` ('B', 1 if somebody
    enrolled has it), `numbers` ('Q', the row's number in the piece).
    `columns` are the fields its table has, in order ("" for unknown ones).
    """

    where: str
    family: Family
    keys: array[int]
    chance: array[float]
    hit: array[int]
    numbers: array[int]
    columns: tuple[str, ...] = ()
    cells: bool = False
    hidden: bool = False
    echo: bool = False


def _joined(one: Roll, two: Roll) -> Roll:
    return replace(
        one,
        keys=one.keys + two.keys,
        chance=one.chance + two.chance,
        hit=one.hit + two.hit,
        numbers=one.numbers + two.numbers,
        columns=one.columns or two.columns,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """
    What one part, or many, said to a matcher. Tallies add up in any order.

    `tried`: records that held two kinds of identifier, ours or not: how often
    an accident had the chance to happen. `signs`: what the piece as a whole
    shows, by its address (a vetting column, a watched domain).
    """

    records: tuple[Record, ...] = ()
    rolls: tuple[Roll, ...] = ()
    tried: int = 0
    signs: tuple[tuple[str, frozenset[Sign]], ...] = ()

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """The sum: rolls of one piece and family become one, signs of one piece unite."""
        records: list[Record] = []
        rolls: dict[tuple[str, Family], Roll] = {}
        signs: dict[str, frozenset[Sign]] = {}
        tried = 0
        for tally in tallies:
            records.extend(tally.records)
            tried += tally.tried
            for roll in tally.rolls:
                place = (roll.where, roll.family)
                rolls[place] = _joined(rolls[place], roll) if place in rolls else roll
            for where, shown in tally.signs:
                signs[where] = signs.get(where, frozenset()) | shown
        return cls(
            records=tuple(records),
            rolls=tuple(rolls.values()),
            tried=tried,
            signs=tuple(signs.items()),
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally.total((self, other))
