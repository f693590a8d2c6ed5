"""
What the store gives back, and how nouns become columns.

Times are UTC text of one fixed width, so that they sort as they passed. A row
holds officer refs, counts, canonical field names, addresses and keys; nothing
that was found in a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from watcher.model import Delivery, Evidence, Finding, Ref, Severity, Unread, Why, last_step

# A time further ahead than any that is ever set was set under a wrong clock.
FAR = timedelta(days=4)

_TUPLES = ("officers", "fields", "places", "reasons", "suppliers", "called")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """
    How a source is. `validators` maps an address to its (ETag, Last-Modified).

    `failures`: visits in a row that failed by the place's fault. `items_last`:
    how many refs the last good visit listed. `cursor`: what a stream reached.
    `tried_at`: when the last visit that asked somebody ended, well or not; `error_kind` is what its
    error is of (`errors.KINDS`), "" if it ended well. A source never visited
    has `next_due` None.
    """

    name: str
    next_due: datetime | None = None
    last_ok: datetime | None = None
    last_error: str = ""
    failures: int = 0
    validators: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    items_last: int = 0
    cursor: str = field(default="", repr=False)
    tried_at: datetime | None = None
    error_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """
    A ref whose outcome is not stored yet. `attempts`: how often it failed, last for `reason`.

    `found_at`: since when it is owed. `again`: it has an outcome already, of
    another version.
    """

    ref: Ref
    found_at: datetime
    attempts: int
    retry_at: datetime | None
    reason: str
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """
    What `settle` stored. `alert_id` is like A-17, `incident` like I-4.

    `deliveries`: how many this call made due. `known`: the ref had an outcome
    before; for an alert, that this same alert had been stored already. `named`:
    how many addresses that it named are owed anew; `left_out`: how many are
    not, because too many of their host are. `files`: how many files behind it
    are owed anew.
    """

    alert_id: str | None = None
    incident: str | None = None
    deliveries: int = 0
    known: bool = False
    named: int = 0
    left_out: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """
    A stored alert. `document` is the last step of `url`, what a person would call the file.

    `named_by`: the source of the document that named its address, and the alert
    of that document ("" for none); None where it was not followed. `page`: the
    address of the page behind which it is a file, "" where it is none. `earlier`:
    the first alert of the same place, `first`: of the same incident, "" if it
    is this one.
    """

    id: str
    incident: str
    found_at: datetime
    source: str
    key: str
    url: str
    finding: Finding
    evidence: Evidence
    unread: tuple[Unread, ...] = ()
    named_by: tuple[str, str] | None = None
    page: str = ""
    earlier: str = ""
    first: str = ""

    @property
    def document(self) -> str:
        return last_step(self.url)

    @property
    def context(self) -> tuple[str, ...]:
        """What the store knows besides: whose update it is, and where its address was found."""
        said = []
        if self.earlier:
            said.append(f"an update: the same place was told of as {self.earlier}")
        elif self.first and (self.finding.suppliers or not (self.named_by and self.named_by[1])):
            said.append(
                f"another place of {self.incident}, which was first told of as {self.first}"
            )
        if self.page:
            alert = self.named_by[1] if self.named_by else ""
            whose = f"the page of {alert}" if alert else "a page that is no alert"
            said.append(f"it is a file behind {whose}")
        elif self.named_by is not None:
            source, alert = self.named_by
            whose = f"the document of {alert}" if alert else "a document that is no alert"
            said.append(f"its address was named in {whose} (source {source})")
        return tuple(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One of the alerts that a digest tells of, and where its document is."""

    id: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """
    Alerts that one delivery tells together, its own included; the most severe first.

    `counts` are of all, by severity, the highest first; `alerts` may be fewer.
    `suppliers`: what the operator calls those that they name.
    """

    counts: Mapping[Severity, int]
    incidents: tuple[str, ...]
    sources: tuple[str, ...]
    alerts: tuple[Gathered, ...]
    suppliers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One link of the chain: an evidence file as it was when it was entered."""

    position: int
    alert: str
    file: str
    record_id: str
    sha256: str
    digest: str
    size: int
    taken_at: datetime
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A delivery given up, with the reason it was given up for."""

    id: str
    alert: str
    target: str
    attempts: int
    buried_at: datetime
    reason: str


# ---------------------------------------------------------------------- times


def stamp(moment: datetime) -> str:
    """
    A moment as text that sorts as it passed: UTC, microseconds always written.

    Raises ValueError for a time without a zone: it could mean any of 24 hours.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str | None) -> datetime | None:
    """The time that `stamp` wrote, in UTC; None for None."""
    return None if text is None else datetime.fromisoformat(text)


def known_moment(text: str) -> datetime:
    """The time that `stamp` wrote, where a column is never empty."""
    return datetime.fromisoformat(text)


# ------------------------------------------------------------------------ ids


def number(id: str, letter: str) -> int | None:  # noqa: A002  # the noun's own word
    """17 for "A-17" or "a-17"; None for what is no id of this kind."""
    head, dash, digits = id.strip().partition("-")
    if head.upper() != letter or not dash or not (digits.isascii() and digits.isdecimal()):
        return None
    return int(digits) if len(digits) < 19 else None  # SQLite's integers have 63 bits


# ----------------------------------------------------------------------- JSON


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, ASCII. What digests are taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def finding_text(finding: Finding) -> str:
    """A finding as canonical JSON; the severity by name."""
    plain = {each.name: getattr(finding, each.name) for each in fields(Finding)}
    return canonical(plain | {"severity": str(finding.severity)})


def finding_from(text: str) -> Finding:
    """What `finding_text` wrote."""
    plain = json.loads(text)
    plain["severity"] = Severity.parse(plain["severity"])
    plain["possible"] = tuple(tuple(group) for group in plain["possible"])
    return Finding(**plain | {name: tuple(plain.get(name, ())) for name in _TUPLES})


def unread_text(unread: Iterable[Unread]) -> str:
    return canonical([[each.where, each.why.value] for each in unread])


def unread_from(text: str) -> tuple[Unread, ...]:
    return tuple(Unread(where=where, why=Why(why)) for where, why in json.loads(text))


# ----------------------------------------------------------------------- rows


def alert_from(row: Mapping[str, Any]) -> AlertRow:
    """A row of `alert` joined with its row of `evidence`."""
    return AlertRow(
        id=f"A-{row['id']}",
        incident=f"I-{row['incident']}",
        found_at=known_moment(row["found_at"]),
        source=row["source"],
        key=row["key"],
        url=row["url"],
        finding=finding_from(row["finding"]),
        evidence=Evidence(
            file=row["file"],
            record_id=row["record_id"],
            sha256=row["sha256"],
            digest=row["digest"],
            size=row["size"],
            taken_at=known_moment(row["taken_at"]),
        ),
        unread=unread_from(row["unread"]),
        named_by=None
        if row["from_source"] is None
        else (row["from_source"], _alert_id(row["from_alert"])),
        page=row["page"] or "",
        earlier=_alert_id(row["before"]),
        first=_alert_id(row["first"]),
    )


def _alert_id(number: int | None) -> str:
    return "" if number is None else f"A-{number}"


def evidence_from(row: Mapping[str, Any]) -> EvidenceRow:
    """A row of `evidence`."""
    return EvidenceRow(
        position=row["position"],
        alert=f"A-{row['alert']}",
        file=row["file"],
        record_id=row["record_id"],
        sha256=row["sha256"],
        digest=row["digest"],
        size=row["size"],
        taken_at=known_moment(row["taken_at"]),
        chain=row["chain"],
    )


def delivery_from(row: Mapping[str, Any], of: str) -> Delivery:
    """A row of deliveries; `of`: the id of what it tells of, like A-17."""
    return Delivery(
        id=row["id"],
        alert=of,
        target=row["target"],
        attempts=row["attempts"],
        due_at=known_moment(row["due_at"]),
    )


def dead_letter_from(row: Mapping[str, Any], of: str) -> DeadLetter:
    """A row of deliveries that was given up; `of` as above."""
    return DeadLetter(
        id=row["id"],
        alert=of,
        target=row["target"],
        attempts=row["attempts"],
        buried_at=known_moment(row["buried_at"]),
        reason=row["reason"],
    )
