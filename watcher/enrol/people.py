"""
Rows of the roster → people; what is wrong with a row, told by its line.

A problem never quotes a cell: the message is printed, and perhaps kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from watcher.enrol import names, refs
from watcher.enrol.columns import NUMBERS, Layout
from watcher.enrol.tabular import Row
from watcher.errors import ConfigError
from watcher.model import Person
from watcher.vocabulary import Field

MOST = 20  # problems told one by one
_SEPARATORS = re.compile(r"[;/,\n|]+")
_NOTHING = frozenset(
    {"-", "–", "—", ".", "?", "n/a", "na", "none", "nil", "null", "tbc", "unknown"}
)
_NO = frozenset({"", "no", "n", "false", "f", "0"}) | _NOTHING
_YES = frozenset({"yes", "y", "true", "t", "1", "x"})
_WHOLE = re.compile(r"\d+\.0+")  # a number that a spreadsheet made a fraction of


class _Bad(Exception):
    """What is wrong with one row, and the mend."""


def people(rows: Iterable[Row], layout: Layout, name: str) -> tuple[Person, ...]:
    """
    The people of these rows, in order; empty rows are passed over.

    A roster without a ref column numbers its rows from 1 below the headings.
    Raises ConfigError that lists the bad rows (the first 20 one by one).
    """
    problems: list[str] = []
    found: list[Person] = []
    lines: dict[str, int] = {}
    has_refs = Field.REF in layout.fields.values()
    for number, row in enumerate(rows, start=1):
        if row.empty:
            continue
        try:
            person = _person(row, layout, number, has_ref=has_refs)
            if person.ref in lines:
                raise _Bad(f"this ref stands on line {lines[person.ref]} too; give each person one")
        except _Bad as problem:
            problems.append(f"{name}:{row.line}: {problem}")
            continue
        lines[person.ref] = row.line
        found.append(person)
    if problems:
        more = [f"… and {len(problems) - MOST} rows more"] if len(problems) > MOST else []
        raise ConfigError(
            "\n".join(
                [*problems[:MOST], *more, f"{name}: nothing was enrolled; mend the rows above"]
            )
        )
    if not found:
        raise ConfigError(f"{name}: there are headings, but nobody below them")
    return tuple(found)


def _person(row: Row, layout: Layout, number: int, *, has_ref: bool) -> Person:
    width = layout.width
    if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
        raise _Bad(
            f"broken row: {len(row.cells)} cells where the headings have {width}; "
            "quote a cell that holds a delimiter, or add what is missing"
        )
    cells: dict[Field, str] = {}
    numbers: list[tuple[str, str]] = []
    emails: list[str] = []
    for at, field in layout.fields.items():
        text = " ".join(row.cells[at].split()) if field not in NUMBERS else row.cells[at].strip()
        if field in NUMBERS:
            numbers += ((_role(field), value) for value in _numbers(text, field))
        elif field is Field.EMAIL:
            emails += _emails(text)
        else:
            cells[field] = text if text.casefold() not in ("-", "n/a") else ""
    forename, middle, surname = _name(cells)
    if not surname and not numbers:
        raise _Bad("neither a surname nor a number; add one, or remove the row")
    person = Person(
        ref=_ref(cells[Field.REF]) if has_ref else str(number),
        forename=forename,
        middle=middle,
        surname=surname,
        known_as=cells.get(Field.KNOWN_AS, ""),
        previous_surname=cells.get(Field.PREVIOUS_SURNAME, ""),
        rank=cells.get(Field.RANK, ""),
        numbers=tuple(dict.fromkeys(numbers)),
        emails=tuple(dict.fromkeys(emails)),
        vetting=cells.get(Field.VETTING, ""),
        unit=cells.get(Field.UNIT, ""),
        location=cells.get(Field.LOCATION, ""),
        photo=cells.get(Field.PHOTO, ""),
        risk_group=_risk(cells.get(Field.RISK_GROUP, "")),
        public=_public(cells.get(Field.PUBLIC, "")),
    )
    if has_ref and (what := refs.repeats(person, number)):
        raise _Bad(
            f"the ref repeats {what} of its row, and refs are stored and printed; "
            "choose one that says nothing, or leave the column out (rows are numbered then)"
        )
    return person


def _role(field: Field) -> str:
    """A number of an unnamed kind is filed as a pay number: a reader asks for every role."""
    return (Field.PAY_NUMBER if field is Field.NUMBER else field).value


def _ref(text: str) -> str:
    if not text:
        raise _Bad("no ref; give one, or leave the column out (rows are numbered then)")
    if refs.malformed(text):
        raise _Bad(f"the ref is longer than {refs.LONGEST} characters or holds control characters")
    return text


def _name(cells: Mapping[Field, str]) -> tuple[str, str, str]:
    forename = cells.get(Field.FORENAME, "")
    middle = cells.get(Field.MIDDLE, "")
    surname = cells.get(Field.SURNAME, "")
    if not surname and (full := cells.get(Field.NAME, "")):
        split = names.split(full)
        forename, middle, surname = (
            forename or split.forename,
            middle or split.middle,
            split.surname,
        )
    if not forename and (letters := cells.get(Field.INITIALS, "")):
        first, others = names.initials(letters)
        forename, middle = first, middle or others
    return forename, middle, surname


def _values(text: str, separators: re.Pattern[str]) -> Iterator[str]:
    if text.casefold() in _NOTHING:
        return
    for value in separators.split(text):
        if (bare := value.strip()) and bare.casefold() not in _NOTHING:
            yield bare


def _numbers(text: str, field: Field) -> Iterator[str]:
    for value in _values(text, _SEPARATORS):
        if not any(letter.isdigit() for letter in value):
            raise _Bad(f"{field.value}: a number without a digit; mend the cell or empty it")
        yield value.split(".")[0] if _WHOLE.fullmatch(value) else " ".join(value.split())


def _emails(text: str) -> Iterator[str]:
    for value in _values(text, re.compile(r"[;/,|\s]+")):
        local, at, domain = value.partition("@")
        if not (local and at and domain) or "@" in domain:
            raise _Bad("email: not an address; mend the cell or empty it")
        yield value


def _risk(text: str) -> str:
    return "" if text.casefold() in _NO else text


def _public(text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise _Bad("public: neither yes nor no; write `yes`, `no`, or leave it empty")
