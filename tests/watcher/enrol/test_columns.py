"""Columns: recognised, mapped by the operator, or reported; never silently wrong."""

from __future__ import annotations

import pytest

from watcher.enrol.columns import find, layout, parse_map
from watcher.enrol.tabular import Row
from watcher.errors import ConfigError
from watcher.vocabulary import Field


def test_headings_become_fields() -> None:
    """Several numbers and addresses may stand side by side; the rest is said to be ignored."""
    found = layout(
        [
            "Surname",
            "Initials",
            "Pay Ref",
            "Collar No",
            "Srvce No.",
            "E-mail",
            "Home E-mail",
            "Shoe size",
            "",
        ],
        {},
        "r.csv",
    )
    assert dict(found.fields) == {
        0: Field.SURNAME,
        1: Field.INITIALS,
        2: Field.PAY_NUMBER,
        3: Field.COLLAR_NUMBER,
        4: Field.NUMBER,
        5: Field.EMAIL,
        6: Field.EMAIL,
    }
    assert found.shown[2] == ("Pay Ref", "pay_number")
    assert found.shown[-1] == ("Shoe size", "ignored")
    assert found.unknown == (("Shoe size", ""),)
    assert found.width == 8


def test_what_a_leak_would_hold_is_not_enrolled() -> None:
    """A phone or a birth date is known, not wanted, and not called unknown."""
    found = layout(["Surname", "Phone", "DoB"], {}, "r.csv")
    assert set(found.fields.values()) == {Field.SURNAME}
    assert found.shown[1:] == (("Phone", "ignored"), ("DoB", "ignored"))
    assert found.unknown == ()


def test_an_unknown_heading_is_reported_with_what_it_resembles() -> None:
    """Not fatal while there is a usable column."""
    found = layout(["Surname", "shouldr numbr"], {}, "r.csv")
    assert found.unknown == (("shouldr numbr", "collar_number"),)


def test_the_operator_decides() -> None:
    """`--map` beats recognition, knows no case, and can silence."""
    found = layout(
        ["Surname", "Maiden", "KEY", "Shoe size"],
        {"maiden": "previous-surname", "key": "REF", "Shoe Size": "ignore", "Surname": "name"},
        "r.csv",
    )
    assert dict(found.fields) == {0: Field.NAME, 1: Field.PREVIOUS_SURNAME, 2: Field.REF}
    assert found.unknown == ()
    assert found.shown[-1] == ("Shoe size", "ignored")


@pytest.mark.parametrize(
    ("mapped", "message"),
    [
        (
            {"Surnam": "surname"},
            r"r\.csv: --map Surnam: there is no such column; did you mean 'Surname'",
        ),
        ({"zzz": "rank"}, r"r\.csv: --map zzz: there is no such column; there are: Surname, Grp"),
        ({"Grp": "risk"}, r"r\.csv: --map Grp=risk: no such field; did you mean 'risk_group'"),
        ({"Grp": "payno"}, r"did you mean 'pay_number'"),
        ({"Grp": "phone"}, r"--map Grp=phone: no such field; .*surname.*ignore"),
        ({"Grp": "qqqqqq"}, r"no such field; there are \(ref, forename"),
        (
            {"Grp": "surname", "surname": "surname"},
            r"'Surname' and 'Grp' both mean surname.*--map 'Grp=ignore'",
        ),
        ({"Surname": "ignore"}, r"r\.csv: no usable column.*--map 'Grp=surname'"),
    ],
)
def test_a_map_that_fits_nothing_says_what_would(mapped: dict[str, str], message: str) -> None:
    """A column that is not there, a field that is not known, two for one, none left."""
    with pytest.raises(ConfigError, match=message):
        layout(["Surname", "Grp"], mapped, "r.csv")


def test_a_mapped_column_displaces_a_recognised_one() -> None:
    """In whatever order they stand, for a name and for a unit."""
    found = layout(
        ["Surname", "Real name", "Section", "Department"],
        {"Real name": "surname", "Department": "unit"},
        "r.csv",
    )
    assert dict(found.fields) == {1: Field.SURNAME, 3: Field.UNIT}
    assert [field for _, field in found.shown] == ["ignored", "surname", "ignored", "unit"]


def test_two_columns_of_one_name_must_be_decided_and_two_units_need_not() -> None:
    """A guess about a surname would enrol the wrong people; a second unit is only context."""
    with pytest.raises(ConfigError, match="'Surname' and 'Last Name' both mean surname"):
        layout(["Surname", "Last Name"], {}, "r.csv")
    found = layout(["Surname", "Department", "Section"], {}, "r.csv")
    assert found.shown[1:] == (("Department", "unit"), ("Section", "ignored"))


def test_the_row_of_headings_is_found_under_a_title() -> None:
    """Not only on the first line; by the operator's own names too; and not where there is none."""

    def rows(*lines: tuple[str, ...]) -> list[Row]:
        return [Row(line=at, cells=cells) for at, cells in enumerate(lines, start=1)]

    assert find(rows(("Staff list, March",), ("",), ("Surname", "Rank")), {}) == 2
    assert find(rows(("Key", "Colour"), ("1", "2")), {"key": "ref"}) == 0
    assert find(rows(("Surname", "Colour", "Shoe size"), ("x", "y", "z")), {}) == 0
    assert find(rows(("Roe", "Jane", "1234")), {}) is None
    assert find([], {}) is None
    headless = rows(("Roe", "Jane", "Traffic"), ("Poe", "Team", "Unit"), ("Doe", "Ann", "North"))
    assert find(headless, {}) is None
    assert find(headless, {"team": "unit"}) == 1


def test_parse_map() -> None:
    """The last `=` divides, so that a heading may hold one."""
    assert parse_map(["a = b=ref", "Pay No=pay_number"]) == {"a = b": "ref", "Pay No": "pay_number"}
    with pytest.raises(ConfigError, match="--map nonsense: write COLUMN=FIELD"):
        parse_map(["nonsense"])
    with pytest.raises(ConfigError, match="COLUMN=FIELD"):
        parse_map(["=ref"])
