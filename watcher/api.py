"""
All that a plug-in sees of us.

A source or a matcher imports this module and its own package, nothing else of
ours. There is no base class: whatever has these attributes and methods *is* a
source or a matcher. A source is a frozen dataclass, and the class is its
configuration: `[sources.irc]` is decoded strictly into its fields (unknown
keys, wrong types and missing values are errors with an address). The names in
`__all__` are stable.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from watcher.errors import ConfigError, FetchError, PluginError, ReadError, SourceError
from watcher.model import (
    CELL,
    ROW,
    Body,
    Capture,
    Family,
    Group,
    Match,
    Part,
    Person,
    Reached,
    Record,
    Ref,
    Roll,
    Segment,
    Severity,
    Sign,
    Tally,
)
from watcher.vocabulary import (
    Field,
    ambiguous,
    heading,
    headings,
    is_vetting,
    nearest,
    police_words,
    rank,
    rank_parts,
)

if TYPE_CHECKING:
    import numpy as np

    Tables = Mapping[str, np.ndarray[Any, Any]]
else:
    Tables = Mapping[str, Any]

__all__ = [
    "CELL",
    "ROW",
    "Answer",
    "Asker",
    "Body",
    "Capture",
    "ConfigError",
    "Element",
    "Entry",
    "Family",
    "FetchError",
    "Field",
    "Follower",
    "Group",
    "Match",
    "Matcher",
    "Part",
    "Person",
    "PluginError",
    "Ranges",
    "Reached",
    "ReadError",
    "Recogniser",
    "Record",
    "Ref",
    "Roll",
    "Secret",
    "Segment",
    "Severity",
    "Sign",
    "Source",
    "SourceError",
    "Tables",
    "Tally",
    "Watch",
    "Web",
    "ambiguous",
    "heading",
    "headings",
    "is_vetting",
    "nearest",
    "police_words",
    "rank",
    "rank_parts",
]


class Secret(str):
    """
    A secret value, read from `{ file = … }` or `{ credential = … }`.

    A field of a source annotated `Secret` takes either table in the
    configuration. It shows nothing in a `repr`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What the operator watches besides people: names of suppliers, mail domains."""

    suppliers: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


# ------------------------------------------------------------------- matchers


class Recogniser(Protocol):
    """The reading side of a matcher."""

    def match(self, part: Part) -> Tally:
        """What this part shows. Pure, and safe to call from several threads at once."""
        ...


class Matcher(Protocol):
    """
    One way to recognise an officer. Owns both sides of hashing, so that they agree.

    Constructed with one argument, the operator's `Watch`. `key` is derived
    from the master key for this matcher alone (32 bytes) and is the same for
    `enrol` and `load` of one index; other indexes have other keys.
    """

    name: str

    def __init__(self, watch: Watch) -> None: ...

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        """Name → numpy array, without any text. People are numbered in the order given."""
        ...

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        """Raises CustodyError's cause, ValueError, if the tables are not its own."""
        ...


class Ranges(Recogniser, Protocol):
    """
    Hashes of enrolled identifiers, for whoever asks a third party for ranges of them (k-anonymity).

    What `load` of a matcher gives whose class says `discloses: ClassVar[bool]
    = True`. Such a matcher is not one of `matching.matchers`: it is enrolled
    only where the operator asked for that, and reads only what the source
    writes that asks for its ranges (see `Asker`).
    """

    def after(self, prefix: str) -> Sequence[str]:
        """The prefixes to ask for, in order: those behind this one, all of them for ""."""
        ...

    def ours(self, prefix: str, suffixes: Iterable[str]) -> Sequence[str]:
        """Of the hashes that these suffixes complete, those that are enrolled, whole."""
        ...


# -------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a page: its text and attributes; `href` and `src` made absolute."""

    text: str = field(repr=False)
    attributes: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed (RSS, Atom, JSON Feed). Addresses are absolute; "" where it has none."""

    id: str
    link: str
    title: str = field(repr=False)
    content: str = field(repr=False)  # HTML or text, as the feed carries it
    enclosures: tuple[str, ...] = ()
    updated: str = ""  # when it was last edited, as the feed writes it


class Answer(Protocol):
    """
    What a place answered (status 200, or unchanged since the last visit).

    Parsing happens in a reading worker, with its limits: the methods raise
    ReadError where the body is not what they are asked to read.
    """

    @property
    def capture(self) -> Capture: ...

    @property
    def unchanged(self) -> bool:
        """The place says that nothing changed since the last visit; there is no body to read."""
        ...

    async def text(self) -> str:
        """The body as text, its charset found out."""
        ...

    async def select(self, css: str) -> Sequence[Element]:
        """The elements that this CSS selector picks, in document order."""
        ...

    async def pick(
        self, item: str, fields: Mapping[str, str], *, without: str = ""
    ) -> Sequence[Mapping[str, str]]:
        """
        For each element that the selector `item` picks, what its fields find inside it.

        A field is a selector, whose elements' HTML is given one after another,
        or `selector@name`: that attribute of the first one; `@name` alone is
        the item's own. "" where nothing is found. Elements that `without`
        picks are taken out before.
        """
        ...

    async def find(self, pattern: str) -> Sequence[str]:
        """All matches of this regular expression in the text: its first group, or the whole."""
        ...

    async def entries(self) -> Sequence[Entry]:
        """The entries of a feed, in its order."""
        ...

    async def search(self, path: str) -> Any:
        """What this JMESPath expression finds in the body read as JSON."""
        ...


class Web(Protocol):
    """The only way to the network: polite, bounded, and refused where it must be."""

    @property
    def cursor(self) -> str:
        """What this source reached last (see `Reached`), "" at first."""
        ...

    async def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, conditional: bool = True
    ) -> Answer:
        """
        Fetch this address. `headers` go to its origin only, never across a redirect.
        Of an address that is a `Secret` nothing is remembered.

        While discovering, the validators of the last successful visit are sent
        along, and the answer may be `unchanged`; not if `conditional` is
        false. Raises FetchError.
        """
        ...

    def stream(self, url: str, *, headers: Mapping[str, str] | None = None) -> AsyncIterator[str]:
        """
        The messages of a websocket (RFC 6455; `ws`, `wss`), each text of at most 1 MiB.

        Ends where the other side closes it in good order; raises FetchError
        where it cannot be had, breaks off, or sends what is no text. While
        nothing is asked for nothing more is received than a buffer holds.
        """
        ...


class Source(Protocol):
    """
    A place that documents come from. A frozen dataclass with `name` and `every`.

    `name` is the table's name in the configuration (`[sources.NAME]`). A kind
    that talks to an API, or to nobody, says so on its class
    (`website: ClassVar[bool] = False`): all others are asked for robots.txt first.
    """

    @property
    def name(self) -> str: ...

    @property
    def every(self) -> timedelta: ...

    def discover(self, web: Web) -> AsyncIterator[Ref | Capture | Reached]:
        """
        All that the place lists now, newest first; what was seen before is sorted out by the caller.

        A Ref is remembered and fetched later; a Capture (content that the
        listing itself carries) is read at once. Either is read again when it
        comes with another `version`. Raises SourceError where a marker is
        missing or less is listed than there always is.

        A stream is a discover that does not end: after each window of its
        documents it says how far it has come (`Reached`), and begins after
        `web.cursor`.
        """
        ...

    async def fetch(self, web: Web, ref: Ref) -> Capture:
        """
        The document behind a ref, with the `files` that it found behind that. Raises FetchError.

        Files are fetched by this same method, once each and at most 100 of one
        document; what it finds behind them is not fetched.
        """
        ...


class Follower(Source, Protocol):
    """
    A source that lists nothing: what it fetches is named in documents of other sources.

    At most `per_document` of what one document names is fetched, and of one
    host at most `per_day`; what it fetches itself is not searched.
    """

    @property
    def per_document(self) -> int: ...

    @property
    def per_day(self) -> int: ...

    def named(self, part: Part) -> Sequence[Ref]:
        """The refs, of this source, that a part of a document names. Pure, and quick."""
        ...


class Asker(Source, Protocol):
    """
    A source that asks a third party about enrolled people, by the prefixes of hashes.

    It is visited by `ask`, not by `discover`, which only looks whether the
    service answers, and asks about nobody. What it writes of the answers into
    captures is read by the matcher `asks` alone. What it reached (`Reached`)
    is stored sealed, because it may hold what the hashes are of.
    """

    asks: ClassVar[str]

    def ask(self, web: Web, ranges: Ranges) -> AsyncIterator[Ref | Capture | Reached]:
        """
        As `discover`. A prefix is asked for at an address that is a `Secret`.

        `ranges` are those of the index in use, and may become others meanwhile.
        """
        ...
