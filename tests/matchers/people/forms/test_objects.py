"""JSON, and what looks like it, in text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.forms import tables
from matchers.people.forms.objects import _KEY, _Keys
from tests.matchers.people.forms.shown import numbers, one, read
from watcher.api import Part

PEOPLE = [
    {"surname": "Abernathy", "forename": "Siân", "pay_no": 4401},
    {"surname": "O'Callaghan", "forename": 'Ann "Nan"', "pay_no": 4402},
    {"surname": "Quigley", "forename": None, "pay_no": 4403},
]
ROWS = [
    ["surname", "forename", "pay_no"],
    ["Abernathy", "Siân", "4401"],
    ["O'Callaghan", 'Ann "Nan"', "4402"],
    ["Quigley", "", "4403"],
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(PEOPLE),
        json.dumps(PEOPLE, ensure_ascii=False, separators=(",", ":")),
        json.dumps(PEOPLE, indent=4),
        "\n".join(map(json.dumps, PEOPLE)),
        "\r\n".join(map(json.dumps, PEOPLE)),
        json.dumps({"status": {}, "data": PEOPLE}),
        repr(PEOPLE),  # as Python shows it
    ],
    ids=["array", "compact", "pretty", "lines", "crlf", "wrapped", "python"],
)
def test_one_table_however_it_is_written(text: str) -> None:
    """The layout of a notation says nothing about its records."""
    found, _ = read(text)
    assert found == [ROWS]


def test_a_fragment_in_other_text_is_found_and_the_text_stays() -> None:
    """Whatever stands around records is read as it was, in lines numbered as before."""
    text = f"got this from a friend\n{json.dumps(PEOPLE, indent=1)}\nask me for {{more}}"
    found, rest = read(text)
    assert found == [ROWS]
    assert rest.count("\n") == text.count("\n")
    assert rest.startswith("got this from a friend\n")
    assert rest.endswith("\nask me for {more}")


def test_a_dump_that_breaks_off_has_all_its_whole_fields() -> None:
    """Not half a name, and not one record fewer."""
    text = json.dumps({"total": 3, "data": PEOPLE})
    whole = text[: text.index("4403")]
    (table,), _ = read(whole[: whole.index('"pay_no"', whole.index("Quigley")) + 4])
    assert table == [*ROWS[:-1], ["Quigley", "", ""]]


def test_inner_objects_are_columns_by_their_whole_name_or_their_own() -> None:
    """`name.first` is a forename; an employer's name is nobody's where there is a surname."""
    record = {
        "name": {"first": "Ann", "last": "Quigley"},
        "post": {"rank": "PC", "employer": {"name": "Northshire"}},
        "phones": ["1", "2"],
        "next_of_kin": [{"name": "Bob", "relation": "son"}],
    }
    assert one(json.dumps([record, record])) == [
        ["name first", "name last", "rank", "post employer name", "phones", "next_of_kin"],
        *[["Ann", "Quigley", "PC", "Northshire", "1 ; 2", "Bob ; son"]] * 2,
    ]


def test_records_inside_a_record_are_rows() -> None:
    """A unit's staff are people, and of that unit."""
    unit = {"unit": "Roads", "code": "R1", "staff": PEOPLE}
    head, *rows = one(json.dumps([unit, unit]))
    assert head == ["surname", "forename", "pay_no", "unit", "code"]
    assert rows == [[*row, "Roads", "R1"] for row in ROWS[1:]] * 2


def test_rows_of_values_are_a_table_without_headings() -> None:
    """Arrays of arrays, from spreadsheets and query tools."""
    values = [["Abernathy", "Siân", 1], ["O'Callaghan", "Ann", None], ["Quigley", "Bob", True]]
    (table,), _ = read(json.dumps({"rows": values, "ok": True}))
    assert table == [
        ["Abernathy", "Siân", "1"],
        ["O'Callaghan", "Ann", ""],
        ["Quigley", "Bob", "true"],
    ]


def test_records_on_one_line_have_numbers_of_their_own() -> None:
    """Two rows of one number would be one row to whoever counts; a line of its own is the number."""
    (table,), _ = tables(Part(where="", text="x\n" + json.dumps(PEOPLE), first=10))
    assert numbers(table)[1:] == [11, 12, 13]
    (table,), _ = tables(Part(where="", text="x\n" + json.dumps(PEOPLE, indent=1), first=10))
    assert numbers(table)[1:] == [12, 17, 22]
    later = Part(where="", text=json.dumps(PEOPLE), first=10, begun=1 << 20)
    (table,), _ = tables(later)
    assert min(numbers(table)) > 10 + 1000


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "left-pad", "version": "1.3.0", "scripts": {"test": "node test"}}',
        '{"level": "info", "message": "started", "host": "a"}\n' * 20,
        'x = {"a": 1, "b": [1, 2, 3]}\nif y["name"] in {"a", "b"}: f(x[0], [1], {})',
        "function f(name) { return {name: name, rank: rank}; }",
        '[["a", 1], ["b", 2], ["c", 3]]',
    ],
)
def test_settings_logs_and_programs_are_left_alone(text: str) -> None:
    """No table, and the very same part."""
    part = Part(where="", text=text)
    assert tables(part) == ([], part)


@settings(max_examples=60)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"surname": st.text(max_size=12), "forename": st.text(max_size=8)},
            optional={"rank": st.sampled_from(["PC", "PS"]), "x": st.none() | st.booleans()},
        ),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from([None, 1]),
    st.integers(0, 400),
)
def test_any_record_is_found_and_any_piece_may_be_read(
    people: list[dict[str, str]], indent: int | None, cut: int
) -> None:
    """What the decoder knows is in the table; a text torn anywhere is no error."""
    text = json.dumps(people, indent=indent)
    found, _ = read(text)
    surnames = [row[found[0][0].index("surname")] for row in found[0][1:]]
    marks = str.maketrans("\x1e\x1f\n\r", "    ")
    assert surnames == [person["surname"].translate(marks) for person in people]
    read(text[cut:])
    read(text[:cut])


@given(
    st.lists(
        st.sampled_from(["{", "}", ",", ":", '"', "'", "\n", " " * 99, "{a:", '{"b" :', ',"c":', "x" * 61]),
        max_size=40,
    ).map("".join),
    st.lists(st.integers(0, 400), max_size=9).map(sorted),
    st.integers(1, 300),
)  # fmt: skip
def test_keys_are_those_of_each_object_by_itself(text: str, starts: list[int], size: int) -> None:
    """However the places overlap in which they are looked for."""
    keys = _Keys(text)
    for start in starts:
        assert keys.between(start, start + size) == set(_KEY.findall(text, start, start + size))
