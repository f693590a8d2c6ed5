"""
SQL: the rows of INSERT statements and of PostgreSQL's COPY blocks.

As mysqldump, pg_dump, sqlite3 .dump and SQL Server write them: many rows in a
statement or one, quotes doubled or behind a backslash, columns named in the
statement, in a CREATE TABLE before it, or not at all. A window that begins
within a statement has rows without their INSERT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from matchers.people.forms.found import COLUMNS, Found, Path, Row, Source
from matchers.people.forms.values import reach, rows
from matchers.people.forms.worth import fields_of, says_who

FEWEST = 3  # rows without a statement
OPENING = 1 << 16  # characters in which rows without a statement must begin
BEGUN = 1 << 12  # characters in which the first of them begins where they may be suspected
STATEMENT = 60  # characters from INSERT to INTO
COPY = 10_000  # characters from COPY to FROM
MOST_TABLES = 200  # that are created, or filled, in one window
MOST_FAILED = 100  # statements without a row that can be read
WHOLLY = 10  # times as much as those of which some rows can be read

_PIECE = r'(?:`[^`\n]{1,100}`|"[^"\n]{1,100}"|\[[^\]\n]{1,100}\]|[\w$#@]{1,100})'
_TABLE = rf"({_PIECE}(?:\s?\.\s?{_PIECE}){{0,3}})"
_INSERT = re.compile(
    r"\b(?:insert|replace)\s{1,9}(?:(?:low_priority|delayed|high_priority|ignore|or\s{1,9}\w{1,9})\s{1,9}){0,2}"
    rf"(?:into\s{{1,9}})?{_TABLE}\s{{0,9}}(?:\(([^()]{{1,9000}})\)\s{{0,99}})?"
    r"(?:overriding\s{1,9}\w{1,9}\s{1,9}value\s{1,9})?values?\s{0,99}(?=\()",
    re.IGNORECASE,
)
_COPY = re.compile(
    rf"copy\s{{1,9}}{_TABLE}\s{{0,9}}(?:\(([^()]{{1,9000}})\)\s{{0,9}})?from\s{{1,9}}stdin\b[^\n]{{0,200}}\n",
    re.IGNORECASE,
)
_CREATE = re.compile(
    rf"create\s{{1,9}}table\s{{1,9}}(?:if\s{{1,9}}not\s{{1,9}}exists\s{{1,9}})?{_TABLE}\s{{0,99}}\(",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\),\s{0,9}(?=\()")
_FROM_STDIN = re.compile("(?:FROM|from) (?:stdin|STDIN)")
_COLUMN = re.compile(rf"\s*({_PIECE})\s+\S")
_NESTED = re.compile(r"\([^()]*+\)")
_UNQUOTED = re.compile(r"[`\"\[\]]")
_NO_COLUMN = frozenset(
    "primary key unique constraint index foreign check fulltext spatial period exclude".split()  # noqa: SIM905  # reads better than quoted words
)


def find(source: Source) -> Iterator[Found]:
    """Tables of the rows inserted, one for all statements that fill the same columns."""
    low = source.low
    if b"stdi" in source.marks and b"from stdin" in low:
        yield from _copied(source)
    starts = _starts(low) if b"lues" in source.marks and b"values" in low else []
    if starts or (source.begun and b")," in source.marks) or _starts_with_rows(source):
        yield from _inserted(source, starts)


def stretches(text: str, marks: Iterable[int]) -> list[tuple[int, int]]:
    """
    Where the statements stand that begin at these marks and may hold people: names are quoted,
    and columns of numbers say whose they are.

    One that names no columns is looked for from where its table is created.
    """
    found: list[tuple[int, int]] = []
    created: dict[str, int] | None = None
    done = failed = 0
    for at in marks:
        statement = _INSERT.match(text, at) if at >= done else None
        if statement is None:
            continue
        start, end = statement.end(), reach(text, statement.end())
        failed += _failure(text, start, end)
        if failed > MOST_FAILED * WHOLLY:
            return [*found, (at, len(text))]
        if end == start:
            continue
        done = end
        quoted = text.find("'", start, end) >= 0 or text.find('"', start, end) >= 0
        if not quoted and not says_who(fields_of(_columns(statement[2]))):
            continue
        if statement[2] is None:
            if created is None:
                created = {_bare(each[1]): each.start() for each in _creations(text)}
            found.append((min(at, created.get(_bare(statement[1]), at)), end))
        else:
            found.append((at, end))
    return found


def cut_off(text: str) -> list[tuple[int, int]]:
    """Where the rows stand with which a text begins whose statement began before it."""
    cut = _NEXT.search(text, 0, BEGUN)
    if cut is None:
        return []
    start, end = cut.end(), reach(text, cut.end())
    return [(0, end)] if "'" in text[start:end] and text.count("),", start, end) >= FEWEST else []


def beyond(text: str, start: int, end: int) -> int:
    """Where a COPY block that a stretch cuts ends; `end` if it cuts none."""
    at, last = start, end
    while words := _FROM_STDIN.search(text, at, last):
        copied, at = _copy(text, words.start()), words.end()
        if copied is not None:
            at = _block(text, copied.end())[1]  # what it holds begins no other
            end = max(end, at)
    return end


def _starts(low: bytes) -> list[int]:
    """Where the word INSERT or REPLACE may begin a statement."""
    starts = []
    for word in (b"insert", b"replace"):
        at = low.find(word)
        while at >= 0:
            if any(low.find(mark, at, at + STATEMENT) >= 0 for mark in (b"into", b"[")):
                starts.append(at)
            at = low.find(word, at + len(word))
    return sorted(starts)


def _starts_with_rows(source: Source) -> bool:
    return source.text[:200].lstrip().startswith("(") and b"'" in source.low


def _inserted(source: Source, starts: list[int]) -> Iterator[Found]:
    text = source.text
    statements = [found for start in starts if (found := _INSERT.match(text, start))]
    created = _created(text, frozenset(_bare(each[1]) for each in statements if not each[2]))
    first = statements[0].start() if statements else len(text)
    yield from _without_statement(source, first)
    filled: dict[tuple[str, tuple[Path, ...], int], Found] = {}
    kind: tuple[str, tuple[Path, ...], int] = "", (), -1
    at = failed = 0
    for statement in statements:
        if statement.start() < at:
            continue  # quoted in a row
        here, end = rows(text, statement.end(), 0)
        if statements[-1].start() < end or statement is statements[-1]:
            here, end = rows(text, statement.end(), source.whole)  # the last one may be torn
        failed += _failure(text, statement.end(), end)
        if failed > MOST_FAILED * WHOLLY:
            break
        if not here:
            continue
        columns = _columns(statement[2]) or created.get(_bare(statement[1]), ())
        at = end
        if not columns or len(columns) == len(here[0].cells):
            kind = statement[1], columns, -1
        elif kind[0] != statement[1] or kind[2] < 0:
            # broken, or of a table that was altered: of one kind only with its like next to it
            kind = statement[1], (), statement.start()
        if kind not in filled:
            if len(filled) >= MOST_TABLES:
                continue
            filled[kind] = Found(kind[1], [])
        filled[kind].rows.extend(here)
        filled[kind].spans.append((statement.start(), statement.end()))
    yield from filled.values()


def _failure(text: str, start: int, end: int) -> int:
    """How far rows that should stand from here to there could not be read: 0, 1 or WHOLLY."""
    if end == start:
        return WHOLLY
    return int(text[end - 1] in ", ")  # another one should follow, and none could be read


def _without_statement(source: Source, stop: int) -> Iterator[Found]:
    text = source.text
    at = text.find("(") if _starts_with_rows(source) else -1
    if at < 0 and source.begun:
        cut = _NEXT.search(text, 0, min(stop, OPENING))
        at = cut.end() if cut else -1
    if 0 <= at < stop:
        found, _ = rows(text, at, source.whole if stop == len(text) else 0)
        if len(found) >= FEWEST:
            yield Found((), found)


def _bare(name: str) -> str:
    return _UNQUOTED.sub("", name).rpartition(".")[2].strip().casefold()


def _columns(said: str | None) -> tuple[Path, ...]:
    if not said:
        return ()
    return tuple((_UNQUOTED.sub("", each).strip(),) for each in said.split(","))[:COLUMNS]


def _creations(text: str) -> Iterator[re.Match[str]]:
    """The statements that create a table, up to its columns."""
    low = text.encode("latin-1", "replace").lower()
    at = low.find(b"create")
    while at >= 0:
        if creation := _CREATE.match(text, at):
            yield creation
        at = low.find(b"create", at + 1)


def _created(text: str, wanted: frozenset[str]) -> dict[str, tuple[Path, ...]]:
    """The columns of each of these tables that the text creates."""
    created: dict[str, tuple[Path, ...]] = {}
    for match in islice(_creations(text), MOST_TABLES) if wanted else ():
        if (name := _bare(match[1])) not in wanted:
            continue
        body = text[match.end() : match.end() + OPENING]
        for _ in range(2):
            body = _NESTED.sub(" ", body)
        columns: list[Path] = []
        for line in body.partition(")")[0].split(","):
            column = _COLUMN.match(line)
            if column and column[1].lower() not in _NO_COLUMN:
                columns.append((_UNQUOTED.sub("", column[1]),))
        created[name] = tuple(columns[:COLUMNS])
    return created


def _copied(source: Source) -> Iterator[Found]:
    text = source.text
    at = source.low.find(b"from stdin")
    while at >= 0:
        match = _copy(text, at)
        at = source.low.find(b"from stdin", at + 1)
        if match is None:
            continue
        block, close = _block(text, match.end())
        rows = []
        here = match.end()
        for line in text[here:block].split("\n"):
            stop = here + len(line)
            if "\t" in line and not (stop == len(text) and here >= source.whole):
                cells = line.rstrip("\r").split("\t")
                if "\\" in line:
                    cells = ["" if cell == r"\N" else re.sub(r"\\.", " ", cell) for cell in cells]
                rows.append(Row(here, stop, cells[:COLUMNS]))
            here = stop + 1
        at = source.low.find(b"from stdin", max(at, block)) if at >= 0 else at
        if rows:
            yield Found(_columns(match[2]), rows, [(match.start(), match.end()), (block, close)])


def _copy(text: str, at: int) -> re.Match[str] | None:
    """The COPY whose last words stand here."""
    near = max(0, at - COPY)
    line = text.rfind("\n", near, at) + 1
    return _COPY.match(text, line) if line or not near else None


def _block(text: str, start: int) -> tuple[int, int]:
    """Where the lines of a COPY block end, and where its end mark does."""
    end = text.find("\n\\.", start - 1)
    return (end, end + 3) if end >= 0 else (len(text), len(text))
