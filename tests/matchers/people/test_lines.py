"""What a line holds."""

from __future__ import annotations

import pytest

from matchers.people import numbers
from matchers.people.lines import Line, parse
from matchers.people.words import clean

SHAPES = numbers.Shapes(numbers.learn([numbers.number("1234"), numbers.number("C123456")]))


def line(text: str) -> Line:
    plain, folded = clean(text)
    return parse(folded, plain, SHAPES)


@pytest.mark.parametrize(
    ("text", "names", "rank", "number"),
    [
        ("PC 1234 John Smith", "john smith", "constable", "1234"),
        ("T/DS Smith 1234", "smith", "sergeant", "1234"),
        ("SMITH, John (Sgt) C123456", "smith john", "sergeant", "c123456"),
        ("Ch Insp John Smith", "john smith", "chief inspector", ""),
        ("Smith DC", "smith dc", "", ""),
        ("DC Smith", "smith", "constable", ""),
        ("Con Smith", "con smith", "constable", ""),
        ("Pay no. 1234", "", "", "1234"),
        ("D. S. Smith", "d s smith", "", ""),
        ("John Constable", "john constable", "", ""),
        ("John Smith <j.smith@x.example>:1234", "john smith", "", ""),
    ],
)
def test_lines(text: str, names: str, rank: str, number: str) -> None:
    """Rank, titles, numbers and addresses (with their secrets) are taken out; names are left."""
    found = line(text)
    assert " ".join(unit.joined.decode() for unit in found.units) == names
    assert found.rank == rank
    assert "".join(each.number.full.decode() for each in found.numbers) == number


def test_only_two_to_five_names_are_a_name() -> None:
    assert line("John Smith").is_name
    assert not line("Smith").is_name
    assert not line("J S").is_name
    assert not line("this is a sentence of some more words").is_name
