"""What matchers say of a document: whose, where and how likely by accident. Never what."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import fsum, log2

from watcher.model.bounds import HITS, bounded, grouped
from watcher.model.segments import PlainRow, Segment, segment_of

# Records of one document that are kept one by one: those of a document that
# holds every officer of the largest force twice.
RECORDS = 100_000
# Places of `Tally.accidents`: the chance of one in a million million is as good as none.
BITS = 40


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
    MAILBOX = "mailbox"  # the number of an officer before the @ of a domain of the force's own
    STAFF_LIST = "staff list"  # headings name people and two of id, rank, unit, vetting
    # Names and personal data of people beside crime references, or each with a part in a crime.
    CRIME_REPORTS = "crime reports"
    STAFF_FILES = (
        "staff files"  # files or folders that are called after people, where a supplier is named
    )
    PUBLISHED = "published"  # beside a supplier's name: its data is out, not only threatened with
    # Headings or title speak of police, or 20 cells hold ranks, or three of ten rows (5 at least)
    # speak of police: more than POLICE, for which one word in one cell is enough.
    POLICE_TABLE = "police table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    One identifier that some enrolled people have. Never *what* it is.

    `officers` are positions in the enrolled roster (0-based): whom it may
    mean. `field` is the roster's column (`surname`, `pay_number`, `email` …) or
    `name`. `edits`: how far from what was enrolled. `bits`: −log2 of the number
    of *other* people whom a stranger's identifier of this kind would be taken
    for; negative for a contradiction. Of a number that is −log2 of the chance
    that a number like it is a given person's. `carriers`: how many enrolled
    people have this name or address, where `officers` are only those of them
    who have another identifier of the record as well; 0: no more than `officers`.
    `supplier`: an opaque mark of the supplier that is meant, "" where none is;
    `called`: the operator's own name for it.
    """

    officers: tuple[int, ...]
    field: str
    family: Family
    edits: int = 0
    bits: float
    carriers: int = 0
    supplier: str = ""
    called: str = ""


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

    Of each row that holds such an identifier the `segments` tell whether it
    matched, whom it means, and the probability that an innocent row matches;
    their order says nothing. A hit is a row that names people even where no
    Record tells of it. `columns` are the fields its table has, in order ("" for
    unknown ones). `ungrouped`: columns with too many values to group by.
    """

    where: str
    family: Family
    segments: tuple[Segment, ...]
    columns: tuple[str, ...] = ()
    cells: bool = False
    hidden: bool = False
    echo: bool = False
    ungrouped: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        where: str,
        family: Family,
        rows: Iterable[PlainRow],
        values: Mapping[int, Sequence[int]] | None = None,
        columns: Sequence[str] = (),
        cells: bool = False,
        hidden: bool = False,
        echo: bool = False,
    ) -> Roll:
        """
        One window's roll from plain rows: (key, chance, officers, number), in any order.

        The officers are positions in the roster, () for a row that did not
        match; a bool where it is known only whether it did. `values`: by
        column (0-based), the keyed hash of each row's value in it, 0 for an
        empty cell.
        """
        segment = segment_of(rows, values)
        return cls(
            where=where,
            family=family,
            segments=() if segment is None else (segment,),
            columns=tuple(columns),
            cells=cells,
            hidden=hidden,
            echo=echo,
        )

    @property
    def entries(self) -> int:
        """Rows counted, repeats included."""
        return sum(each.entries for each in self.segments)

    @property
    def hits(self) -> int:
        """Rows that matched; equal ones of one window are one."""
        return sum(len(each.keys) for each in self.segments)


def _united(rolls: Sequence[Roll]) -> Roll:
    """One roll of all these, which are of one piece and family, with bounded arrays."""
    if len(rolls) == 1 and rolls[0].hits <= HITS:
        return rolls[0]
    ungrouped = frozenset(column for roll in rolls for column in roll.ungrouped)
    segments, more = grouped(
        bounded([segment for roll in rolls for segment in roll.segments]), ungrouped
    )
    return Roll(
        where=rolls[0].where,
        family=rolls[0].family,
        segments=segments,
        columns=max((roll.columns for roll in rolls), key=lambda each: (len(each), each)),
        cells=any(roll.cells for roll in rolls),
        hidden=any(roll.hidden for roll in rolls),
        echo=all(roll.echo for roll in rolls),
        ungrouped=tuple(sorted(ungrouped | more)),
    )


def _added(sums: Sequence[tuple[float, ...] | None]) -> tuple[float, ...] | None:
    """Place by place; None if there are none, or one is unknown."""
    known = [each for each in sums if each is not None]
    if len(known) < len(sums) or not known:
        return None
    return known[0] if len(known) == 1 else tuple(map(fsum, zip_longest(*known, fillvalue=0.0)))


def _telling(record: Record) -> tuple[int, int, str, int, tuple[tuple[int, ...], ...]]:
    """What records are kept by, the first least: families, then signs; at last their place."""
    families = {match.family for match in record.matches}
    people = tuple(match.officers for match in record.matches)
    return (-len(families), -len(record.signs), record.where, record.number, people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """
    What one part, or many, said to a matcher. Tallies add up in any order.

    `records`: rows in which more than a list's own identifier speaks; what a
    roll tells of a row need not stand here again. `tried`: records that held
    two kinds of identifier, ours or not: how often an accident had the chance
    to happen. `accidents`: of those that held a name or an address of ours, of
    whatever number, the chance p that it is the number of one of them, summed
    by the bits of p (see `by_bits`); None where the matcher does not count
    that. `signs`: what the piece as a whole shows, by its address (a
    vetting column, a watched domain). `dropped`: records beyond RECORDS that
    are not kept; counts that rest on records are then lower bounds.
    """

    records: tuple[Record, ...] = ()
    rolls: tuple[Roll, ...] = ()
    tried: int = 0
    accidents: tuple[float, ...] | None = None
    signs: tuple[tuple[str, frozenset[Sign]], ...] = ()
    dropped: int = 0

    @staticmethod
    def by_bits(chances: Iterable[float]) -> tuple[float, ...]:
        """
        These chances, each above 0, as `accidents`: summed by their bits.

        Of BITS places b holds those p with b ≤ −log2(p) < b + 1, the first and
        the last also those beyond.
        """
        found = [0.0] * BITS
        for chance in chances:
            found[min(max(0, int(-log2(chance))), BITS - 1)] += chance
        return tuple(found)

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """
        The sum: rolls of one piece and family become one, signs of one piece unite.

        It is bounded whatever is added: of more than HITS matches of a list
        those that say least become rows that did not match, and of more than
        RECORDS records those of most families are kept, then those with most
        signs, then the first.
        """
        records: list[Record] = []
        rolls: dict[tuple[str, Family], list[Roll]] = {}
        signs: dict[str, frozenset[Sign]] = {}
        tried = dropped = 0
        accidents: list[tuple[float, ...] | None] = []
        for tally in tallies:
            records.extend(tally.records)
            tried += tally.tried
            if tally.tried:
                accidents.append(tally.accidents)
            dropped += tally.dropped
            for roll in tally.rolls:
                rolls.setdefault((roll.where, roll.family), []).append(roll)
            for where, shown in tally.signs:
                signs[where] = signs.get(where, frozenset()) | shown
        if len(records) > RECORDS:
            dropped += len(records) - RECORDS
            records = sorted(records, key=_telling)[:RECORDS]
        return cls(
            records=tuple(records),
            rolls=tuple(_united(each) for each in rolls.values()),
            tried=tried,
            accidents=_added(accidents),
            signs=tuple(signs.items()),
            dropped=dropped,
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally.total((self, other))
