"""
A roster becomes the sealed index: every matcher builds its tables, then all is
sealed in one step. Telling the store which version is in use is the caller's.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from watcher import index
from watcher.api import Matcher, Tables
from watcher.canary import is_ref
from watcher.config.settings import Config
from watcher.enrol import compare
from watcher.enrol.report import Report, shapes
from watcher.enrol.roster import Roster
from watcher.errors import ConfigError, PluginError
from watcher.index import Index, fingerprint_key, matcher_key
from watcher.index.sealed import SALT
from watcher.model import Officer, Person

_LEAST = 0.8  # of the people before; a smaller roster is more often a mistake than a dismissal

# What a matcher says of what it built: tables of one number. `report_distinct_people`;
# `report_variants`, per person on average; `report_chance_RULE`, the share of
# strangers who match somebody under that rule.
_REPORT = "report_"
_CHANCE = "chance_"


def enrol(
    config: Config,
    roster: Roster,
    *,
    master: bytes,
    matchers: Mapping[str, Matcher],
    index_version: int,
    dry_run: bool,
    shrink: bool,
    now: datetime,
    canary: Person | None = None,
) -> Report:
    """
    Build, compare and (unless `dry_run`) seal; the index before stays until then.

    `canary` is enrolled with them, and counted nowhere. `index_version`: the highest version that the store has seen, 0 for none.
    Raises ConfigError if the roster is more than 20 % smaller than the one
    before and `shrink` does not allow it; CustodyError if the index before
    does not open with this key; PluginError if a matcher's tables hold text;
    StoreError if the index cannot be written.
    """
    _refuse_canaries(roster)
    people = (*roster.people, canary) if canary is not None else roster.people
    before = index.open(config.index, master) if config.index.exists() else None
    count = len(roster.people)
    changes = compare.Changes(joined=count, left=0, changed=0)
    there = 0
    if before is not None:
        had = sum(is_ref(each.ref) for each in before.officers)
        there = len(before.officers) - had
        if count < there * _LEAST and not shrink:
            raise ConfigError(
                f"{roster.name}: {count} people, and the index has {there}: more than 20 % fewer. "
                "If they have really left, enrol again with --shrink; nothing was changed"
            )
        prints = compare.fingerprints(people, fingerprint_key(master, before.salt))
        changes = compare.changes(before.fingerprints, prints, by_ref=roster.has_refs)
        came = len(people) - count - had  # the canary did, or is no longer wanted
        changes = changes._replace(
            joined=changes.joined - max(0, came), left=changes.left - max(0, -came)
        )
    salt = secrets.token_bytes(SALT)
    tables: dict[str, Tables] = {}
    for name, matcher in matchers.items():
        tables[name] = matcher.enrol(people, matcher_key(master, salt, name))
        _refuse_text(name, tables[name])
    version = max(index_version, before.version if before else 0) + 1
    described = _described(tables)
    if not dry_run:
        made = Index(
            version=version,
            made_at=now,
            officers=tuple(
                Officer(ref=each.ref, high_risk=bool(each.risk_group), public=each.public)
                for each in people
            ),
            tables=tables,
            salt=salt,
            fingerprints=compare.fingerprints(people, fingerprint_key(master, salt)),
        )
        index.seal(config.index, master, made)
    distinct = described.get("distinct_people")
    return Report(
        people=count,
        distinct=None if distinct is None else int(distinct) - (len(people) - count),
        columns=roster.columns,
        unknown=roster.unknown,
        shapes=shapes(roster.people),
        variants=described.get("variants"),
        chances=tuple(
            (name.removeprefix(_CHANCE).replace("_", " "), rate)
            for name, rate in described.items()
            if name.startswith(_CHANCE)
        ),
        previous=None if before is None else there,
        joined=changes.joined,
        left=changes.left,
        changed=changes.changed,
        version=version,
        dry_run=dry_run,
        dropped=tuple(name for name in (before.tables if before else ()) if name not in tables),
    )


def _refuse_canaries(roster: Roster) -> None:
    """A person under a canary's ref would be taken for one, and nobody would be told."""
    if any(is_ref(each.ref) for each in roster.people):
        raise ConfigError(
            f"{roster.name}: a ref has the form of the canary's (canary-…); give that person another"
        )


def _refuse_text(name: str, tables: Tables) -> None:
    """The index holds hashes and counts; an array of text or objects may hold a name."""
    for table, array in tables.items():
        kinds = [array.dtype]
        while kinds:
            kind = kinds.pop().base
            if kind.kind in "OSUT":
                raise PluginError(
                    f"matcher {name!r}: table {table!r} holds text or objects; "
                    "a matcher's tables are arrays of numbers"
                )
            kinds += [each[0] for each in (kind.fields or {}).values()]


def _described(tables: Mapping[str, Tables]) -> dict[str, float]:
    return {
        table.removeprefix(_REPORT): float(array.item())
        for each in tables.values()
        for table, array in each.items()
        if table.startswith(_REPORT) and array.size == 1
    }
