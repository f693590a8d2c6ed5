"""
The tables, as the steps by which they came to be.

`PRAGMA user_version` is the number of steps taken; a step and its number are
one transaction. A step that was released is never edited: add another.
"""

from __future__ import annotations

from pathlib import Path

from watcher.errors import StoreError
from watcher.store.door import writing
from watcher.store.engine import Database

APPLICATION = 0x4C574154  # "LWAT": tells our file from any other database

_FIRST = """
CREATE TABLE source (
    name TEXT PRIMARY KEY,
    next_due TEXT,
    last_ok TEXT,
    last_error TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    validators TEXT NOT NULL DEFAULT '{}',
    items_last INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pending (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    found_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    reason TEXT NOT NULL DEFAULT '',
    carried INTEGER NOT NULL DEFAULT 0,
    begun INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, key)
) STRICT;

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('clean', 'partial', 'alert', 'failed')),
    at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    noted INTEGER NOT NULL DEFAULT 0,
    unread TEXT NOT NULL DEFAULT '[]',
    UNIQUE (source, key)
) STRICT;

CREATE TABLE incident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    opened_at TEXT NOT NULL
) STRICT;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident INTEGER NOT NULL REFERENCES incident(id),
    found_at TEXT NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    severity INTEGER NOT NULL,
    finding TEXT NOT NULL,
    unread TEXT NOT NULL DEFAULT '[]',
    UNIQUE (source, key, sha256)
) STRICT;
CREATE INDEX alert_by_body ON alert (sha256);

CREATE TABLE alert_officer (
    ref TEXT NOT NULL,
    alert INTEGER NOT NULL REFERENCES alert(id),
    PRIMARY KEY (ref, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX officers_of_alert ON alert_officer (alert);

CREATE TABLE evidence (
    position INTEGER PRIMARY KEY,
    alert INTEGER NOT NULL UNIQUE REFERENCES alert(id),
    file TEXT NOT NULL UNIQUE,
    record_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    alert INTEGER NOT NULL REFERENCES alert(id),
    target TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    done_at TEXT,
    buried_at TEXT,
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (alert, target)
) STRICT;
CREATE INDEX delivery_owed ON delivery (due_at) WHERE done_at IS NULL AND buried_at IS NULL;

CREATE TABLE roster (
    version INTEGER PRIMARY KEY,
    people INTEGER NOT NULL,
    seen_at TEXT NOT NULL
) STRICT;
"""

_TRACES = """
CREATE TABLE trace (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    series TEXT NOT NULL,
    roster TEXT NOT NULL,
    at TEXT NOT NULL,
    hits INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX trace_by_age ON trace (at);

CREATE TABLE trace_quiet (
    source TEXT NOT NULL,
    series TEXT NOT NULL,
    roster TEXT NOT NULL,
    day TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (source, series, roster, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE trace_told (
    source TEXT NOT NULL,
    series TEXT NOT NULL,
    at TEXT NOT NULL,
    severity INTEGER NOT NULL,
    PRIMARY KEY (source, series)
) STRICT, WITHOUT ROWID;
"""

# Documents that change, streams, and whose trouble an error is.
_VERSIONS = """
ALTER TABLE pending ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE outcome ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN cursor TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN tried_at TEXT;
ALTER TABLE source ADD COLUMN error_kind TEXT NOT NULL DEFAULT '';
"""

# Deliveries that wait for one another, to be told by one card.
_DIGESTS = """
ALTER TABLE delivery ADD COLUMN gathered TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN head TEXT NOT NULL DEFAULT '';
CREATE INDEX delivery_gathered ON delivery (target, gathered) WHERE gathered <> '';
CREATE INDEX delivery_under ON delivery (head) WHERE head <> '';
CREATE INDEX alert_by_incident ON alert (incident);
CREATE INDEX alert_by_source ON alert (source, found_at)
"""

# What a document named of other places, and which alert tells of which supplier.
_NAMED = """
CREATE TABLE followed (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    host TEXT NOT NULL,
    at TEXT NOT NULL,
    from_source TEXT NOT NULL,
    from_key TEXT NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX followed_by_host ON followed (source, host, at);

CREATE TABLE alert_supplier (
    mark TEXT NOT NULL,
    alert INTEGER NOT NULL REFERENCES alert(id),
    PRIMARY KEY (mark, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX suppliers_of_alert ON alert_supplier (alert)
"""

# What the places said of themselves, and which hosts are to be left alone.
_PLACES = """
CREATE TABLE place (
    source TEXT PRIMARY KEY,
    gone TEXT NOT NULL DEFAULT '',
    moved TEXT NOT NULL DEFAULT '',
    visits INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
    host TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


# What is told of the watcher itself, and how things are as they were told last.
_NOTICES = """
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    severity INTEGER NOT NULL,
    title TEXT NOT NULL,
    reasons TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_by_time ON notice (at);

CREATE TABLE notice_delivery (
    id TEXT PRIMARY KEY,
    notice INTEGER NOT NULL REFERENCES notice(id),
    target TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    done_at TEXT,
    buried_at TEXT,
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (notice, target)
) STRICT;
CREATE INDEX notice_owed ON notice_delivery (due_at) WHERE done_at IS NULL AND buried_at IS NULL;

CREATE TABLE condition (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    severity INTEGER NOT NULL,
    since TEXT NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
"""

# What each source brought, hour by hour, and how its last visits ended.
_HISTORY = """
CREATE TABLE visit_hour (
    source TEXT NOT NULL,
    hour TEXT NOT NULL,
    visits INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    lost INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_last (
    source TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    ends TEXT NOT NULL,
    failing_since TEXT,
    new_at TEXT,
    watched_since TEXT
) STRICT, WITHOUT ROWID;
"""

# The canary's alerts, and when things that are done now and then were done last.
_CANARY = """
CREATE TABLE canary (
    alert INTEGER PRIMARY KEY REFERENCES alert(id),
    at TEXT NOT NULL,
    pruned INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE moment (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# Which sources a trouble of all stands for.
_COVERS = """
ALTER TABLE condition ADD COLUMN covers TEXT NOT NULL DEFAULT '[]'
"""

STEPS: tuple[str, ...] = (
    _FIRST,
    _TRACES,
    _VERSIONS,
    _DIGESTS,
    _NAMED,
    _PLACES,
    _NOTICES,
    _HISTORY,
    _CANARY,
    _COVERS,
)


def migrate(db: Database, path: Path, *, readonly: bool) -> None:
    """
    Bring the tables up to date, one transaction a step.

    Raises StoreError for a store that a newer version made, for another
    program's database, and for an older store that may only be read.
    """
    # Asked first: whoever makes our tables sets both numbers in the same transaction.
    filled = _has_tables(db)
    taken, application = _state(db)
    if application != APPLICATION and (taken or filled):
        raise StoreError(f"{path}: another program's database; name the right directory in [store]")
    if taken > len(STEPS):
        raise StoreError(
            f"{path}: made by a newer version of watcher (schema {taken}, this one knows {len(STEPS)});"
            " install that version or a later one"
        )
    if taken < len(STEPS) and readonly:
        raise StoreError(
            f"{path}: made by an older version of watcher; `watcher scan` or `watcher run` brings it up to date"
        )
    while taken < len(STEPS):
        with writing(db):
            taken, _ = _state(db)  # another process may have been first
            if taken < len(STEPS):
                for statement in STEPS[taken].split(";"):
                    db.conn.execute(statement)
                taken += 1
                db.conn.execute(f"PRAGMA user_version = {taken}")
                db.conn.execute(f"PRAGMA application_id = {APPLICATION}")


def _state(db: Database) -> tuple[int, int]:
    (version,) = db.conn.execute("PRAGMA user_version").fetchone()
    (application,) = db.conn.execute("PRAGMA application_id").fetchone()
    return int(version), int(application)


def _has_tables(db: Database) -> bool:
    return bool(db.conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone())
