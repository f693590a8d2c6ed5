"""Signs around identifiers."""

from __future__ import annotations

import pytest

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
