"""What becomes of a document: a finding with its evidence, nothing, or a failure that says so."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from watcher.model.documents import Ref, Unread


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


BREACH = "breach"
"""The rule of a finding that a service's knowledge of a breach makes, and no leaked document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What a document shows, judged. Counts and opaque refs only.

    `officers`: refs of those whom the document tells apart. `possible`: groups
    of refs that it cannot tell apart, or one ref that may be there by accident;
    a group counts once in `count`. `rows`:
    rows of the list the judgement rests on. `expected`: how many of them would
    match by chance. `bits`: weight of the evidence, log2. `fields`: roster
    columns and kinds of data shown. `places`: where inside the document, with
    ranges (`list.xlsx!/Sheet1 (hidden)!A1:F801`). `suppliers`: opaque marks of
    those that a document names; `called`: the operator's own names for them.
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
    suppliers: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


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
    """
    One alert (A-17) or notice (N-4) owed to one target.

    `id` is stable over repeats, so that a repeat is recognisable.
    """

    id: str
    alert: str
    target: str
    attempts: int
    due_at: datetime
