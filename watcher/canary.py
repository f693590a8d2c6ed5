"""
The canary: an officer who does not exist, enrolled to see whether watching works.

Made from the master key, so that no two installations have the same and only
this one knows its own; unmistakable, so that nobody ever takes it for a
person. A document that shows the canary and nobody else is its return.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from watcher import keys
from watcher.model import Finding, Person

PREFIX = "canary-"  # of its ref; no roster may use it
_LETTERS = "bcdfghjklmnpqrstvwxz"
_SHOWN = frozenset({"forename", "surname", "rank", "pay_number", "email"})
_REF = re.compile(PREFIX + r"[0-9a-f]{16}")


def person(master: bytes) -> Person:
    """The canary of the installation with this master key: the same each time."""
    secret = keys.derive(master, "canary", b"", 24)
    letters = "".join(_LETTERS[each % len(_LETTERS)] for each in secret[8:14])
    digits = "".join(str(each % 10) for each in secret[14:23])
    surname = f"Canary{letters}"
    return Person(
        ref=PREFIX + secret[:8].hex(),
        forename="Synthetica",
        surname=surname,
        rank="Constable",
        numbers=(("pay_number", f"9{digits}"),),
        # RFC 2606 §2: a domain that there will never be.
        emails=(f"synthetica.{surname.lower()}@canary.invalid",),
    )


def page(who: Person, *, now: datetime) -> str:
    """What is published for the canary: one plain entry, which says what it is."""
    ((_, number),) = who.numbers
    (address,) = who.emails
    return (
        "This page is a test of a monitoring service. The person on it does not exist.\n"
        f"Written {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n\n"
        "Rank,Forename,Surname,Pay number,Email\n"
        f"{who.rank},{who.forename},{who.surname},{number},{address}\n"
    )


def is_canary(finding: Finding | None, who: Person | None) -> bool:
    """Whether this shows this canary as its page does, and nobody and nothing beside it."""
    return (
        who is not None
        and finding is not None
        and finding.rule == "person"
        and finding.officers == (who.ref,)
        and not finding.possible
        and max(finding.count, finding.rows) <= 1
        and _SHOWN.issuperset(finding.fields)
    )


def is_ref(ref: str) -> bool:
    """Whether this is the ref of some installation's canary."""
    return _REF.fullmatch(ref) is not None
