"""
Rows of values as statements of SQL write them: `('Quigley', 'Ann', 12), ('Inskip', …);`.

Quotes doubled or behind a backslash, national and escaped strings, casts, NULL.
"""

from __future__ import annotations

import csv
import re

from matchers.people.forms.found import COLUMNS, Row

LONGEST = 1 << 16  # characters of one row

# A row: nothing in it is looked at twice, so what is no row fails in linear time.
_INSIDE = r"(?:[^'\"()]++|'(?:[^'\\]++|\\.|'')*+'|\"(?:[^\"\\]++|\\.|\"\")*+\"|\((?:[^'()]++|'[^']*+')*+\))*+"
_PLAIN = r"(?:[^'()]++|'(?:[^']++|'')*+'|\((?:[^'()]++|'[^']*+')*+\))*+"
_ROW = re.compile(rf"\s{{0,99}}\(({_INSIDE})\)\s{{0,99}}(,|;|)", re.DOTALL)
_ROW_WITHOUT_ESCAPES = re.compile(rf"\s{{0,99}}\(({_PLAIN})\)\s{{0,99}}(,|;|)", re.DOTALL)
# As many of them as are told by one search.
_RUN = re.compile(rf"(?:\s{{0,99}}\({_INSIDE}\)\s{{0,99}},)++", re.DOTALL)
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


def reach(text: str, at: int) -> int:
    """Where the rows end that begin here; `at` if none does."""
    while True:
        run = _RUN.match(text, at, at + LONGEST)
        if run is not None:
            at = run.end()
        match = _row(text, at)
        if match is None:
            return len(text) if _torn(text, at) else at
        at = match.end()
        if match[2] != ",":
            return at


def rows(text: str, at: int, whole: int) -> tuple[list[Row], int]:
    """
    The rows from here on, and where they end.

    One that begins before `whole` may be cut off by the end of the text: it has the values
    that are whole.
    """
    places: list[tuple[int, int]] = []
    inside: list[str] = []
    while True:
        match = _row(text, at)
        if match is None:
            if at < whole and _torn(text, at):
                places.append((at, len(text)))
                inside.append(text[at:].lstrip().removeprefix("(").rpartition(",")[0])
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


def _row(text: str, at: int) -> re.Match[str] | None:
    stop = at + LONGEST
    return _ROW.match(text, at, stop) or _ROW_WITHOUT_ESCAPES.match(text, at, stop)


def _torn(text: str, at: int) -> bool:
    """Whether a row that has no end may be cut off by the end of the text."""
    return len(text) - at < LONGEST and text.count(",", at) > 1


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
