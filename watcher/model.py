"""
The nouns a document becomes on its way.

    Ref → Capture → Part → Tally → Finding → Evidence → Alert → Delivery

All are frozen and passed by keyword. What was found in a document (`text`,
`body`, headers, a roster's values) is left out of every `repr`, so that a log
line or a traceback cannot become the second leak. Nothing here does I/O,
except that a `Body` knows how to open itself.
"""

from __future__ import annotations

import enum
import hashlib
import io
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO


class Severity(enum.IntEnum):
    """How much a finding matters. Ordered; written in lower case everywhere."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Severity:
        """The severity of this name. Raises ValueError that lists the names."""
        try:
            return cls[text.upper()]
        except KeyError:
            names = ", ".join(str(each) for each in cls)
            raise ValueError(f"{text!r} is not a severity (one of {names})") from None


# --------------------------------------------------------------------- people


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """
    One row of the roster, in clear, in memory, while it is being enrolled.

    `numbers` are (role, value) with role `pay_number`, `warrant_number` or
    `collar_number`. Empty text means that the roster does not say.
    """

    ref: str
    forename: str = field(default="", repr=False)
    middle: str = field(default="", repr=False)
    surname: str = field(default="", repr=False)
    known_as: str = field(default="", repr=False)
    previous_surname: str = field(default="", repr=False)
    rank: str = field(default="", repr=False)
    numbers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    vetting: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    photo: str = field(default="", repr=False)
    risk_group: str = field(default="", repr=False)
    public: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """What the index still knows of a person: an opaque ref and two flags."""

    ref: str
    high_risk: bool = False
    public: bool = False


# ----------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """
    Where a document is. Its identity is (source, key).

    Both come from strangers: what is no Unicode text (a lone surrogate) or
    would end a text early (NUL) is written as an escape.
    """

    source: str
    key: str
    url: str = field(compare=False)

    @property
    def mark(self) -> str:
        """What a log may call it: a short hash. The key may be a name."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:12]

    def __post_init__(self) -> None:
        for name in ("key", "url"):
            text = getattr(self, name)
            if not isinstance(text, str):
                continue  # a plug-in's fault, which `check_source` names
            sound = text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()
            if sound != text:
                object.__setattr__(self, name, sound)


class Body:
    """
    The bytes of a capture: held in memory if they were fetched, left where
    they lie if a file is scanned. `sha256` is lower-case hexadecimal.
    """

    __slots__ = ("_data", "_path", "sha256", "size")

    def __init__(self, data: bytes | Path) -> None:
        self._data = data if isinstance(data, bytes) else None
        self._path = data if isinstance(data, Path) else None
        if isinstance(data, bytes):
            self.size = len(data)
            self.sha256 = hashlib.sha256(data).hexdigest()
        else:
            with data.open("rb") as stream:
                self.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
                self.size = stream.tell()

    def __repr__(self) -> str:
        return f"Body(size={self.size})"

    def open(self) -> BinaryIO:
        """A new binary stream at the first byte. Raises OSError if the file has gone."""
        if self._path is not None:
            return self._path.open("rb")
        assert self._data is not None
        return io.BytesIO(self._data)

    @property
    def path(self) -> Path | None:
        """Where the bytes lie, if they lie in a file."""
        return self._path


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """
    One exchange, byte for byte, or one resource that no exchange brought.

    `status` is None for a resource (a scanned file, an entry of a feed);
    `headers` are the answer's as received, `request` the question's. `body` is
    as received, before any content encoding was undone; `encoding` names what
    must be undone (`gzip`, `deflate`, …, "" for none). `cut` says that the
    body went on beyond the limit and holds only its beginning.
    """

    ref: Ref
    taken_at: datetime
    url: str
    body: Body = field(repr=False)
    status: int | None = None
    reason: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    request: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    encoding: str = ""
    cut: bool = False

    def header(self, name: str) -> str:
        """The first value of this header, or ""."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def name(self) -> str:
        """What a person would call the file: the last step of the address."""
        return last_step(self.url)


def last_step(url: str) -> str:
    """The last step of an address, without query and fragment; all of it where it has none."""
    path = url.split("?", 1)[0].split("#", 1)[0].rstrip("/")
    return path.rsplit("/", 1)[-1] or url


class Why(enum.StrEnum):
    """The closed list of reasons for which a part was not read."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    LIMIT = "limit"
    SIZE = "size"
    UNSUPPORTED = "unsupported"
    IMAGE_ONLY = "image only"
    LOST = "lost worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A part that could not be read, and why. Never silence."""

    where: str
    why: Why


CELL = "\x1f"  # ends every cell of a table (ASCII unit separator)
ROW = "\x1e"  # ends every row (ASCII record separator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    One readable piece of a document, or one window of a long one.

    `where` is the address of the whole piece inside the document, without a
    range: `staff.zip!/list.xlsx!/Sheet1 (hidden)`; "" for the document itself.
    `text` is all of it; in a table every cell ends with CELL and every row
    with ROW, and `rows` holds the offset of each row. Windows of one piece
    share `where`; `first` is the number of this window's first line or row in
    the whole piece, from 1. Windows are cut between records: the first
    `overlap` characters repeat the end of the window before, for context only.
    `header` is the first row of the table, repeated with each window after the
    first. `cells`: rows and columns have spreadsheet addresses (A1). `hidden`:
    a reader of the document would not have seen this piece. `echo`: a second
    reading of bytes that another part reads too (the raw text of a page).
    """

    where: str
    text: str = field(repr=False)
    table: bool = False
    rows: tuple[int, ...] = field(default=(), repr=False)
    header: tuple[str, ...] = field(default=(), repr=False)
    first: int = 1
    overlap: int = 0
    cells: bool = False
    hidden: bool = False
    echo: bool = False


# ------------------------------------------------------------------- matching


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


# ------------------------------------------------------------------- outcomes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What a document shows, judged. Counts and opaque refs only.

    `officers`: refs of those whom the document tells apart. `possible`: groups
    of refs that it cannot tell apart; a group counts once in `count`. `rows`:
    rows of the list the judgement rests on. `expected`: how many of them would
    match by chance. `bits`: weight of the evidence, log2. `fields`: roster
    columns and kinds of data shown. `places`: where inside the document, with
    ranges (`list.xlsx!/Sheet1 (hidden)!A1:F801`).
    """

    severity: Severity
    rule: str
    title: str
    count: int
    rows: int = 0
    expected: float = 0.0
    bits: float = 0.0
    officers: tuple[str, ...] = ()
    possible: tuple[tuple[str, ...], ...] = ()
    fields: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """
    The encrypted record of an exchange.

    `file` is relative to the evidence directory; `record_id` is the WARC
    record's `urn:uuid:…`; `sha256` is of the raw body, `digest` of the
    encrypted file, both lower-case hexadecimal; `size` in bytes, of the file.
    """

    file: str
    record_id: str
    sha256: str
    digest: str
    size: int
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A leak worth a person's attention. Cannot exist without its evidence."""

    ref: Ref
    finding: Finding
    evidence: Evidence
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """Everything was read and nothing was found. `noted`: findings of severity info."""

    ref: Ref
    noted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """Nothing was found in what could be read; these parts could not be."""

    ref: Ref
    unread: tuple[Unread, ...]
    noted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """
    No document. `retry_at` is None where coming back would not help.

    `carried`: it came inside a listing, so that only the listing can bring it again.
    """

    ref: Ref
    reason: str
    retry_at: datetime | None
    carried: bool = False


Outcome = Clean | Partial | Alert | Failed


def one_data_set(one: frozenset[str], two: frozenset[str]) -> bool:
    """
    Whether two alerts that tell these officers apart show one leaked data set.

    Jaccard index of at least one half, or one holds four fifths of the other
    and at least five of them. No chaining: compare with each alert, not with
    the union of an incident.
    """
    common = len(one & two)
    if not common:
        return False
    return common * 2 >= len(one | two) or (common >= 5 and common >= 0.8 * min(len(one), len(two)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert owed to one target. `id` is stable over repeats, so that a repeat is recognisable."""

    id: str
    alert: str
    target: str
    attempts: int
    due_at: datetime
