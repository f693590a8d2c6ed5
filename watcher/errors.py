"""
Everything that may go wrong, as one tree.

    WatcherError
    ├── ConfigError         the operator must edit a file or a command line
    ├── PluginError         a plug-in is missing or broken
    ├── DocumentError       this document only; the rest go on
    │   ├── FetchError      `retry` says whether to come back
    │   └── ReadError       never worth retrying as it is
    ├── SourceError         this source is sick; the others go on
    ├── StoreError          full, read-only: visits pause, telling goes on
    │   └── LockedError     another process keeps it locked, for now
    └── CustodyError        evidence, index, key or store was altered or cannot be trusted

Raise the leaf that names the fact; catch the branch that names the decision.
A message says where, what, and what would be right. It never quotes what was
found in a document.
"""

from __future__ import annotations

WELL = "ok"  # no error: how a visit ended that brought what it should
LOCAL = "local"
UNREACHABLE = "unreachable"
BROKEN = "broken"
REFUSED = "refused"
GONE = "gone"
REFUSALS = frozenset({401, 402, 403, 407, 429, 451})  # RFC 9110 §15.5, RFC 6585 §4, RFC 7725
KINDS = (
    LOCAL,  # this machine cannot get out: it says nothing of the place
    UNREACHABLE,  # no answer: the name, the connection, TLS, time
    BROKEN,  # an answer that is not proper HTTP, or breaks off
    REFUSED,  # not us, or not now: a status, a challenge, a block page, robots.txt
    GONE,  # an answer that says: there is nothing here (any more)
    "answered",  # another answer that is no document: its status is in the message
    "listing",  # what came is not what the source knows
    "silent",  # nothing came in time, though nothing failed
    "fault",  # an error in code
)
"""What the error of a visit is of, from the nearest cause to the farthest."""


class WatcherError(Exception):
    """Any fact this project reports. `exit_code` is what a command ends with."""

    exit_code = 3


class ConfigError(WatcherError):
    """The operator must edit a file or a command line."""

    exit_code = 2


class PluginError(WatcherError):
    """A plug-in is missing, does not load, or breaks its contract."""

    exit_code = 2


class DocumentError(WatcherError):
    """One document cannot be had or read. The rest go on."""


class FetchError(DocumentError):
    """
    A document could not be fetched.

    `retry`: whether coming back may help (a 404 is final, a 503 is not).
    `after`: seconds the host asked us to wait, where it did.
    `status`: the HTTP status, where there was an answer.
    `local`: the cause lies on this side of the way (no route, no resolver, no
    proxy): whoever is asked would fail. `kind`: one of KINDS, and where it is
    not given what `local` and `status` say.
    """

    def __init__(
        self,
        message: str,
        *,
        retry: bool,
        after: float | None = None,
        status: int | None = None,
        local: bool = False,
        kind: str = "",
    ) -> None:
        super().__init__(message)
        self.retry = retry
        self.after = after
        self.status = status
        self.local = local
        self.kind = kind or self._kind()

    def _kind(self) -> str:
        if self.local:
            return LOCAL
        if self.status in REFUSALS:
            return REFUSED
        if self.status in (404, 410):
            return GONE
        return UNREACHABLE if self.status is None and self.after is None else "answered"


class ReadError(DocumentError):
    """A document cannot be read as it is; trying again would not help."""


class SourceError(WatcherError):
    """A source is sick: a marker is missing, nothing is listed where there is always something."""


class StoreError(WatcherError):
    """The store is full, read-only, locked or not there."""


class LockedError(StoreError):
    """Another process keeps the store locked: nothing is wrong with it, nor with us."""


class CustodyError(WatcherError):
    """Something that must not change was altered, or cannot be opened with this key."""

    exit_code = 4
