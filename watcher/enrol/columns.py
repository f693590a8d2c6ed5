"""Which column of the roster is what: recognised headings, and the operator's `--map`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from watcher.enrol.tabular import Row
from watcher.errors import ConfigError
from watcher.vocabulary import Field, heading, headings, nearest

IGNORE = "ignore"
SEARCHED = 15  # rows in which the headings are looked for
USED = (
    Field.REF,
    *(Field.FORENAME, Field.MIDDLE, Field.SURNAME, Field.KNOWN_AS, Field.PREVIOUS_SURNAME),
    *(Field.NAME, Field.INITIALS, Field.RANK),
    *(Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER, Field.EMAIL),
    *(Field.VETTING, Field.UNIT, Field.LOCATION, Field.PHOTO, Field.RISK_GROUP, Field.PUBLIC),
)
NUMBERS = frozenset({Field.PAY_NUMBER, Field.WARRANT_NUMBER, Field.COLLAR_NUMBER, Field.NUMBER})
_MANY = NUMBERS | {Field.EMAIL}
# A second column of these is left aside; a second one of the others must be decided.
_CONTEXT = frozenset({Field.RANK, Field.UNIT, Field.LOCATION, Field.VETTING, Field.PHOTO})
_IDENTIFIES = frozenset({Field.SURNAME, Field.NAME}) | NUMBERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    What the columns are. `fields`: column (0-based) → field, for those used.

    `shown`: each heading and what became of it, a field's name or `ignored`.
    `unknown`: headings that name nothing we know, each with the field that it
    resembles, or "". `width`: the number of columns.
    """

    fields: Mapping[int, Field]
    shown: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]
    width: int


def parse_map(items: Iterable[str]) -> dict[str, str]:
    """`COLUMN=FIELD` → {column: field}. Raises ConfigError for what is not of this form."""
    found: dict[str, str] = {}
    for item in items:
        column, equals, field = item.rpartition("=")
        if not equals or not column.strip() or not field.strip():
            raise ConfigError(
                f"--map {item}: write COLUMN=FIELD, such as --map 'Service ID=pay_number'"
            )
        found[column.strip()] = field.strip()
    return found


def _same(one: str, two: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(two.split()).casefold()


def _mapped(cells: Sequence[str], mapped: Mapping[str, str]) -> bool:
    return any(_same(cell, column) for cell in cells if cell.strip() for column in mapped)


def recognised(cells: Sequence[str], mapped: Mapping[str, str]) -> int:
    """How many cells of a row are headings, the operator's own included."""
    return sum(_mapped([cell], mapped) for cell in cells) + len(headings(cells))


def find(rows: Sequence[Row], mapped: Mapping[str, str]) -> int | None:
    """The position of the row of headings among the first rows, or None."""
    filled = [(at, row) for at, row in enumerate(rows[: SEARCHED * 4]) if not row.empty][:SEARCHED]
    widest = 1  # of the rows above
    for at, row in filled:
        width = sum(bool(cell.strip()) for cell in row.cells)
        if _mapped(row.cells, mapped):
            return at
        if headings(row.cells):
            # rows above that are as wide are no title: a table without headings
            return at if widest < max(width, 2) else None
        widest = max(widest, width)
    if filled:
        at, row = filled[0]
        # one heading that we know among several that we do not
        if any(heading(cell) for cell in row.cells) and not any(_value(c) for c in row.cells):
            return at
    return None


def _value(cell: str) -> bool:
    return "@" in cell or any(letter.isdigit() for letter in cell)


def _field(column: str, text: str, name: str) -> Field | None:
    if text.casefold() in (IGNORE, "ignored"):
        return None
    wanted = text.casefold().replace("-", "_").replace(" ", "_")
    for field in USED:
        if field.value == wanted:
            return field
    known = [field.value for field in USED]
    near = next((field for field in known if field.startswith(wanted)), None) or nearest(text)
    if near not in USED:
        near = next(iter(difflib.get_close_matches(wanted, known, n=1)), None)
    hint = f"did you mean {str(near)!r}?" if near else "there are"
    raise ConfigError(
        f"{name}: --map {column}={text}: no such field; {hint} ({', '.join(known)}, {IGNORE})"
    )


def layout(cells: Sequence[str], mapped: Mapping[str, str], name: str) -> Layout:
    """
    What this row of headings says.

    Raises ConfigError where `--map` names a column or a field that is not
    there, where two columns claim one field, or where none identifies anybody.
    """
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    for column in mapped:
        if not any(_same(text, column) for text in texts):
            near = difflib.get_close_matches(
                column, [text for text in texts if text], n=1, cutoff=0.5
            )
            there = (
                f"did you mean {near[0]!r}?"
                if near
                else "there are: " + ", ".join(filter(None, texts))
            )
            raise ConfigError(f"{name}: --map {column}: there is no such column; {there}")
    said = {column: _field(column, text, name) for column, text in mapped.items()}
    decided = {field for field in said.values() if field is not None} - _MANY
    fields: dict[int, Field] = {}
    shown: list[tuple[str, str]] = []
    unknown: list[tuple[str, str]] = []
    for at, text in enumerate(texts):
        own = next((column for column in said if _same(column, text)), None)
        field = said[own] if own is not None else heading(text)
        if own is None and text and field is None:
            near_field = nearest(text)
            unknown.append((text, near_field.value if near_field in USED else ""))
        aside = own is None and field in decided  # the operator named another column
        if field in USED and not aside and not _taken(field, at, texts, fields, name):
            fields[at] = field
            shown.append((text, field.value))
        elif text:
            shown.append((text, "ignored"))
    if not _IDENTIFIES & set(fields.values()):
        raise ConfigError(_nobody(name, unknown))
    return Layout(fields=fields, shown=tuple(shown), unknown=tuple(unknown), width=len(texts))


def _taken(
    field: Field, at: int, texts: Sequence[str], fields: Mapping[int, Field], name: str
) -> bool:
    """Whether another column has this field already and keeps it."""
    other = next((column for column, known in fields.items() if known is field), None)
    if other is None or field in _MANY:
        return False
    if field in _CONTEXT:
        return True
    raise ConfigError(
        f"{name}: the columns {texts[other]!r} and {texts[at]!r} both mean {field.value}; "
        f"say which one counts, such as --map '{texts[at]}={IGNORE}'"
    )


def _nobody(name: str, unknown: Sequence[tuple[str, str]]) -> str:
    hints = [f"--map '{text}={field or 'surname'}'" for text, field in unknown]
    return (
        f"{name}: no usable column: a roster needs a surname, a name or a number "
        "(surname, name, pay_number, warrant_number, collar_number); "
        + (f"say what a column is, such as {hints[0]}" if hints else "add one and enrol again")
    )
