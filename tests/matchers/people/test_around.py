"""Signs around identifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.people.around import police, rank_phrase, ranks, signs
from matchers.people.fold import fold
from watcher.api import Sign


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("of AB1 2DE,", Sign.POSTCODE),
        ("call 07700 900123", Sign.PHONE),
        ("call +44 7700 900123", Sign.PHONE),
        ("12 Station Road", Sign.ADDRESS),
        ("home address:", Sign.ADDRESS),
        ("DOB 1/1/1980", Sign.BIRTH),
        ("AB12 CDE", Sign.VEHICLE),
        ("NI QQ", None),
        ("AB 12 34 56 C", Sign.INSURANCE),
        ("his wife", Sign.KIN),
        ("we know where he lives", Sign.THREAT),
    ],
)
def test_signs(text: str, sign: Sign | None) -> None:
    assert signs(fold(text)) == (frozenset({sign}) if sign else frozenset())


def test_police_words_are_whole_words() -> None:
    assert police(fold("The Police said"))
    assert police(fold("a detective"))
    assert not police(fold("policelike officerial npc"))


def test_ranks() -> None:
    assert ranks(b"detective constable") == "constable"
    assert ranks(b"apple") is None
    assert rank_phrase("T/DS") == rank_phrase("Detective Sergeant") == b"sergeant"
    assert rank_phrase("Grade 7") == b"grade 7"


def test_a_phrase_of_several_words_may_be_a_rank() -> None:
    """Whatever its last word: most phrases are told from ranks by that alone."""
    said = {
        b"police community support officer": "support officer",
        b"a do": "divisional officer",
        b"p c": "constable",
        b"p s": "sergeant",
        b"c i": "chief inspector",
        b"police staff": "staff",
        b"civilian investigator": "staff",
        b"s con": "special constable",
        b"chief constible": "chief constable",
        b"temporary detective chief superintendant": "chief superintendent",
    }
    for phrase, name in said.items():
        assert ranks(phrase) == name, phrase
    for text in (b"john smith", b"pc 12", b"", b"detective story"):
        assert ranks(text) is None


@given(st.lists(st.sampled_from(
    ["home", "address", "lives", "at", "12", "high", "street", "ab1", "2de", "07700", "900123", "ab12", "cde", "qq", "12", "34", "56", "c", "dob", "born", "in", "4a", "scum", "sons", "x", ",", ";", "9"]
), max_size=7), st.sampled_from(("", " ")))  # fmt: skip
def test_what_else_stands_there_hides_no_sign(words: list[str], between: str) -> None:
    """Digits are counted and words looked for first to save time: nothing may be overlooked for it."""
    text = between.join(words).encode()
    assert signs(text + b" ; 9" * 12 + b" ; scum ;") == signs(text) | {Sign.THREAT}


@pytest.mark.parametrize(
    "text",
    [
        "PC 5989 P Hill",
        "PC 4273 S Park",
        "206 Charlotte Hill 30:53 Eskmouth AC",
        "Sgt 77 Anne Lane",
    ],
)
def test_a_surname_that_is_a_street_is_no_address(text: str) -> None:
    """A collar number and a Hill, a bib number and a Lane: nobody's home is told."""
    assert Sign.ADDRESS not in signs(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "lives at 4 Sassafras Lane TN1 2AB",
        "14 Park Lane, Eskmouth",
        "at 7 Old Mill Close",
        "22 High Street",
    ],
)
def test_a_street_is_an_address(text: str) -> None:
    """With a place before the number, or a street that is nobody's name."""
    assert Sign.ADDRESS in signs(fold(text))
