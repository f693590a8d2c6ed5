"""
SQL: the rows of INSERT statements and of PostgreSQL's COPY blocks.

As mysqldump, pg_dump, sqlite3 .dump and SQL Server write them: many rows in a
statement or one, quotes doubled or behind a backslash, columns named in the
statement, in a CREATE TABLE before it, or not at all. A window that begins
within a statement has rows without their INSERT.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from matchers.people.forms.found import COLUMNS, Found, Path, Row, Source

FEWEST = 3  # rows without a statement
OPENING = 1 << 16  # characters in which rows without a statement must begin, and of one row
STATEMENT = 60  # characters from INSERT to INTO
MOST_TABLES = 200  # that are created, or filled, in one window
MOST_FAILED = 100  # statements without a row that can be read

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
    rf"\bcreate\s{{1,9}}table\s{{1,9}}(?:if\s{{1,9}}not\s{{1,9}}exists\s{{1,9}})?{_TABLE}\s{{0,99}}\(",
    re.IGNORECASE,
)
_COLUMN = re.compile(rf"\s*({_PIECE})\s+\S")
_NESTED = re.compile(r"\([^()]*+\)")
_UNQUOTED = re.compile(r"[`\"\[\]]")
_NO_COLUMN = frozenset(
    "primary key unique constraint index foreign check fulltext spatial period exclude".split()  # noqa: SIM905  # reads better than quoted words
)
# A row: nothing in it is looked at twice, so what is no row fails in linear time.
_INSIDE = r"(?:[^'\"()]++|'(?:[^'\\]++|\\.|'')*+'|\"(?:[^\"\\]++|\\.|\"\")*+\"|\((?:[^'()]++|'[^']*+')*+\))*+"
_PLAIN = r"(?:[^'()]++|'(?:[^']++|'')*+'|\((?:[^'()]++|'[^']*+')*+\))*+"
_ROW = re.compile(rf"\s{{0,99}}\(({_INSIDE})\)\s{{0,99}}(,|;|)", re.DOTALL)
_ROW_WITHOUT_ESCAPES = re.compile(rf"\s{{0,99}}\(({_PLAIN})\)\s{{0,99}}(,|;|)", re.DOTALL)
_MARKED = re.compile(r"(?:(?<=[,(\s])|^)(?:[nNeE]|_\w{1,12}\s?)(?=')")
_CAST = re.compile(r"::[\w ]{1,40}(?:\[\])?$")
_CASTS = re.compile(
    r"(?:cast|convert)\s?\((?:\w+,\s*)?(?:N?')?([^'()]*?)'?(?:\s+as\s[^()]*(?:\([^()]*\))?)?\)",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\s*(?:'((?:[^'\\]|\\.|'')*+)'|\"((?:[^\"\\]|\\.|\"\")*+)\"|((?:[^,'\"()]|\([^()]*+\))*+))[^,]*+(?:,|$)",
    re.DOTALL,
)


def find(source: Source) -> Iterator[Found]:
    """Tables of the rows inserted, one for each run of statements that fill the same columns."""
    low = source.low
    if b"stdi" in source.marks and b"from stdin" in low:
        yield from _copied(source)
    starts = _starts(low) if b"lues" in source.marks and b"values" in low else []
    if starts or (source.begun and b")," in source.marks) or _starts_with_rows(source):
        yield from _inserted(source, starts)


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
    created = _created(text) if b"create table" in source.low else {}
    statements = [found for start in starts if (found := _INSERT.match(text, start))]
    first = statements[0].start() if statements else len(text)
    yield from _without_statement(source, first)
    current: tuple[str, tuple[Path, ...]] | None = None
    rows: list[Row] = []
    spans: list[tuple[int, int]] = []
    at = failed = kinds = 0
    for statement in statements:
        if statement.start() < at:
            continue  # quoted in a row
        here, end = _rows(text, statement.end(), source.whole)
        if not here:
            failed += 1
            if failed > MOST_FAILED:
                break
            continue
        columns = _columns(statement[2]) or created.get(_bare(statement[1]), ())
        if len(columns) != len(here[0].cells):
            columns = ()
        kind = statement[1], columns
        if kind != current:
            if rows:
                yield Found(current[1] if current else (), rows, spans)
                kinds += 1
                if kinds > MOST_TABLES:
                    return
            current, rows, spans = kind, [], []
        rows.extend(here)
        spans.append((statement.start(), statement.end()))
        at = end
    if rows and current:
        yield Found(current[1], rows, spans)


def _without_statement(source: Source, stop: int) -> Iterator[Found]:
    text = source.text
    at = text.find("(") if _starts_with_rows(source) else -1
    if at < 0 and source.begun:
        cut = re.compile(r"\),\s{0,9}(?=\()").search(text, 0, min(stop, OPENING))
        at = cut.end() if cut else -1
    if 0 <= at < stop:
        rows, _ = _rows(text, at, source.whole)
        if len(rows) >= FEWEST:
            yield Found((), rows)


def _rows(text: str, at: int, whole: int) -> tuple[list[Row], int]:
    """The rows from here on, and where they end."""
    places: list[tuple[int, int]] = []
    inside: list[str] = []
    while True:
        match = _ROW.match(text, at, at + OPENING) or _ROW_WITHOUT_ESCAPES.match(
            text, at, at + OPENING
        )
        if match is None:
            torn = text[at : at + OPENING].lstrip().removeprefix("(")
            if len(text) - at < OPENING and at < whole and torn.count(",") > 1:
                # cut off at the end: the values that are whole
                places.append((at, len(text)))
                inside.append(torn.rpartition(",")[0])
                at = len(text)
            break
        places.append((at, match.end()))
        inside.append(match[1])
        at = match.end()
        if match[2] != ",":
            break
    return [
        Row(start, end, cells)
        for (start, end), cells in zip(places, _split(inside), strict=True)
        if 1 < len(cells) <= COLUMNS
    ], at


def _split(rows: list[str]) -> list[list[str]]:
    """The values of each row."""
    joined = "".join(rows)
    simple = '"' not in joined
    if "'" in joined and re.search(r"[nNeE_a-z]'", joined):
        rows = [_MARKED.sub("", row) for row in rows]
    rows = [" ".join(row.splitlines()) if "\n" in row or "\r" in row else row for row in rows]
    if "\\" in joined:
        simple = simple and r"\'" not in joined.replace(r"\\", "")
        rows = [re.sub(r"\\([rnt0])", " ", row) for row in rows]
    found: list[list[str]] = []
    if simple:
        try:
            found = list(csv.reader(rows, quotechar="'", skipinitialspace=True))
        except csv.Error:
            found = []
    if len(found) != len(rows):
        found = [_slowly(row) for row in rows]
    if "::" in joined:
        found = [[_CAST.sub("", cell) for cell in row] for row in found]
    if "(" in joined:
        found = [[_cast_away(cell) if "(" in cell else cell for cell in row] for row in found]
    return [["" if cell in ("NULL", "null") else cell.rstrip() for cell in row] for row in found]


def _cast_away(cell: str) -> str:
    match = _CASTS.fullmatch(cell.strip())
    return match[1] if match else cell


def _slowly(row: str) -> list[str]:
    cells = []
    for value in _VALUE.finditer(row):
        if value.start() == len(row) and not row.rstrip().endswith(","):
            break
        single, double, bare = value.groups()
        said = single if single is not None else double if double is not None else bare or ""
        said = said.replace("''", "'") if single is not None else said.replace('""', '"')
        cells.append(re.sub(r"\\(.)", r"\1", said).strip())
    return cells


def _bare(name: str) -> str:
    return _UNQUOTED.sub("", name).rpartition(".")[2].strip().casefold()


def _columns(said: str | None) -> tuple[Path, ...]:
    if not said:
        return ()
    return tuple((_UNQUOTED.sub("", each).strip(),) for each in said.split(","))[:COLUMNS]


def _created(text: str) -> dict[str, tuple[Path, ...]]:
    """The columns of each table that the text creates."""
    created: dict[str, tuple[Path, ...]] = {}
    for match in islice(_CREATE.finditer(text), MOST_TABLES):
        body = text[match.end() : match.end() + OPENING]
        for _ in range(2):
            body = _NESTED.sub(" ", body)
        columns: list[Path] = []
        for line in body.partition(")")[0].split(","):
            column = _COLUMN.match(line)
            if column and column[1].lower() not in _NO_COLUMN:
                columns.append((_UNQUOTED.sub("", column[1]),))
        created[_bare(match[1])] = tuple(columns[:COLUMNS])
    return created


def _copied(source: Source) -> Iterator[Found]:
    text = source.text
    at = source.low.find(b"from stdin")
    while at >= 0:
        match = _COPY.match(text, source.low.rfind(b"\n", 0, at) + 1)
        at = source.low.find(b"from stdin", at + 1)
        if match is None:
            continue
        end = text.find("\n\\.", match.end() - 1)
        block = end if end >= 0 else len(text)
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
            close = min(len(text), block + 3)
            yield Found(_columns(match[2]), rows, [(match.start(), match.end()), (block, close)])
