"""
What a found table's columns are called, and whether the table is of people.

Only such tables are taken out of a text: settings, logs and program code are
full of records, and nobody is named in them that the text itself would not
show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from matchers.people.forms.found import COLUMNS, Found, Path
from watcher.api import Field, heading, headings

NAMES = frozenset({Field.NAME, Field.SURNAME, Field.FORENAME, Field.KNOWN_AS})
OWN = frozenset({Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER})
WEAK = frozenset({Field.NUMBER, Field.EMAIL})
NESTED = 3  # names, the outer ones first, by which a field may be known
SAMPLE = 50  # rows by which a table without known headings is judged
FEWEST = 3  # of them
MOSTLY = 0.8
LONGEST = 40  # characters of an unknown heading that is kept

# In each of the headings by which people are known, as machines and people write them.
_PERSONS = re.compile(
    r"name|offic|employ|member|staff|mail|warrant|collar|shoulder|pay|^\W*[cs]n\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITAL = re.compile(r"\s*[^\W\d_a-z][^\W\d_]*(?:[ ,.'’-]+[^\W\d_]+){0,4}\.?\s*")


@lru_cache(maxsize=1 << 12)
def named(path: Path) -> tuple[str, Field | None]:
    """What a field is called: by its outer names too if that is known, else by its own."""
    for at in range(max(0, len(path) - NESTED), len(path)):
        text = " ".join(path[at:])
        if (known := heading(text)) is not None:
            return text, known
    return path[-1] if path else "", None


def fields_of(paths: Iterable[Path]) -> set[Field]:
    """The fields that any of these names; nothing where none looks like a person's."""
    paths = tuple(paths)
    if not _PERSONS.search("\n".join(chain.from_iterable(paths))):
        return set()
    return {known for path in paths if (known := named(path)[1]) is not None}


def header(paths: Iterable[Path]) -> tuple[list[str], set[Field]]:
    """
    The headings of a table and the fields that are known among them.

    A field inside another (`employer.name`) is only called by its own name if
    no other column is. What looks like data, and no heading, is left empty.
    """
    paths = list(paths)[:COLUMNS]
    texts = [" ".join(path) for path in paths]
    fields: set[Field] = set()
    known: list[Field | None] = [None] * len(paths)
    for length in (NESTED, 2, 1):  # the whole name of all, then ever less of some
        for at, path in enumerate(paths):
            inner = length < min(len(path), NESTED)
            if known[at] is not None or (not inner and length < NESTED):
                continue
            text = " ".join(path[-length:])
            field = heading(text)
            if field is not None and not (length == 1 and _clashes(field, fields)):
                texts[at], known[at] = text, field
        fields.update(field for field in known if field is not None)
    texts = [text if _is_heading(text) else "" for text in texts]
    fields.update(headings(texts).values())  # what only a directory calls so
    return texts, fields


def _clashes(field: Field, fields: set[Field]) -> bool:
    """Whether there is such a column already; a whole name beside parts of one is another's."""
    return field in fields or (field is Field.NAME and bool(fields & NAMES))


def _is_heading(text: str) -> bool:
    if heading(text) is not None:
        return True
    return (
        len(text) <= LONGEST
        and "@" not in text
        and len(text.split()) <= 6
        and any(letter.isalpha() for letter in text)
    )


def says_who(fields: set[Field]) -> bool:
    """Whether columns of these fields tell whose the rows are. One of names may be of things."""
    if fields & NAMES:
        return len(fields) > 1
    return bool(fields & OWN) or (bool(fields & WEAK) and len(fields) > 1)


def shows_who(rows: Sequence[Sequence[str]]) -> bool:
    """Whether two columns, or one of whole names, mostly hold capitalised words or addresses."""
    sample = rows[:: max(1, len(rows) // SAMPLE)]
    if len(sample) < FEWEST:
        return False
    score = 0
    for column in range(min(COLUMNS, max(map(len, sample)))):
        cells = [row[column] for row in sample if column < len(row) and row[column].strip()]
        if len(cells) * 2 < len(sample):
            continue
        words = [cell for cell in cells if len(cell) <= 80 and _CAPITAL.fullmatch(cell)]
        if len(words) >= MOSTLY * len(cells) and len(set(words)) * 4 >= len(words):
            score += 2 if sum(" " in cell.strip() for cell in words) * 2 > len(words) else 1
        elif sum("@" in cell for cell in cells) >= MOSTLY * len(cells):
            score += 2
    return score >= 2


def judged(found: Found) -> list[str] | None:
    """The headings of a table of people ([] if it has none), or None where it is none."""
    if not found.rows:
        return None
    texts, fields = header(found.header)
    if says_who(fields):
        return texts
    if fields and not fields & NAMES:
        return None
    if not shows_who([row.cells for row in found.rows]):
        return None
    return texts if fields else []
