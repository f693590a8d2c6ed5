"""Ranks in the spellings that published lists use."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.vocabulary.ranks import rank, rank_parts

SEEN = {
    "constable": "PC|P/C|pc|Con|Cst|DC|T/DC|TDC|Police Constable|Detective Constable|Constable",
    "sergeant": "Sgt|PS|Sergt|DS|D/Sgt|Det Sgt|A/SGT|APS|T/DS|Acting Sergeant|Sargeant|Seargent",
    "inspector": "Insp|PI|DI|Acting Inspector|A/DI|T Insp|Detective Inspector|Inspecter",
    "chief inspector": "Ch Insp|C/Insp|CI|DCI|T/DCI|Temporary Detective Chief Inspector",
    "superintendent": "Supt|Det Supt|D/Supt|DSU|Superintendant",
    "chief superintendent": "Ch Supt|C/Supt|Chief Supt|CS|DCS|Det Ch Supt|Det. Ch. Supt.",
    "assistant chief constable": "ACC|T/ACC|Assistant Chief Constable",
    "deputy chief constable": "DCC|Deputy Chief Constable",
    "chief constable": "CC|Chief Constable",
    "commander": "Cmdr|Commander",
    "special constable": "SC|SPC|S/Con|Sp Con|Special Constable",
    "divisional officer": "A/DO|Divisional Officer",
    "support officer": "PCSO|CSO",
}


@pytest.mark.parametrize(
    ("text", "name"), [(text, name) for name, texts in SEEN.items() for text in texts.split("|")]
)
def test_a_rank_is_known_by_its_many_names(text: str, name: str) -> None:
    """Acting, temporary and detective forms are the same rank."""
    assert rank(text) == name


@pytest.mark.parametrize(
    "text",
    ["do", "Total", "Commanded", "commissioned", "PC 1234", "Chief", "acting", "D", "a", "", "T/"],
)
def test_what_is_no_rank(text: str) -> None:
    """A prefix without a rank, a near word, a rank with something beside it."""
    assert rank(text) is None


@settings(max_examples=60)
@given(
    st.sampled_from(["", "A/", "T/", "Acting ", "Temp ", "Temporary ", "Tempy. "]),
    st.sampled_from(["", "Det ", "Detective "]),
    st.sampled_from(["constable", "sergeant", "inspector", "superintendent"]),
)
def test_prefixes_add_up(acting: str, detective: str, name: str) -> None:
    """An acting or temporary detective is of the rank acted in."""
    assert rank(f"{acting}{detective}{name.title()}") == name


@settings(max_examples=60)
@given(st.text(max_size=70))
def test_any_text_may_be_asked_about(text: str) -> None:
    """No text is too odd, and the answer is the same in any case of ASCII letters."""
    assert rank(text) == (rank(text.upper()) if text.isascii() else rank(text))


def test_its_parts_say_what_it_says() -> None:
    """Whoever cannot call `rank` for every word can put it together."""
    parts = rank_parts()
    for before in product(*(("", *words) for words in parts.before)):
        for phrase in ("pc", "sergeant", "chief inspector"):
            assert rank(" ".join((*filter(None, before), phrase))) == parts.phrases[phrase]
    assert all(rank(f"{word}s") == word for word in parts.long if f"{word}s" not in parts.other)
    assert not any(rank(word) for word in parts.other)
