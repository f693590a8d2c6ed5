"""How the name of a company is spelled."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from matchers.companies import CLOSE, Name, bits_of, folded_text, names_of, normal

WORDS = st.lists(st.text("abcdefg", min_size=2, max_size=9), min_size=1, max_size=4)


def test_legal_forms_and_punctuation_do_not_matter() -> None:
    """Nor do case and country."""
    assert normal("Example Card Ltd") == normal("EXAMPLE-CARD LIMITED (UK)") == ("example", "card")
    assert normal("Limited Ltd") == ("limited", "ltd")
    assert normal("Müller & Söhne GmbH") == ("muller", "and", "sohne")


def test_an_entry_has_several_names() -> None:
    """Each once; what is empty is none; a domain is no words."""
    names = names_of(["Example Card Ltd | ExCard | www.example-card.co.uk |", "example card", ""])
    assert [name.text for name in names] == ["example card", "excard", ""]
    assert [name.anchor for name in names] == ["example", "excard", "example-card"]
    assert {name.supplier for name in names} == {"Example Card Ltd"}
    assert [name.supplier for name in names_of(["| Example  \n Card"])] == ["Example Card"]


@given(WORDS, st.sampled_from([" ", "-", "", "_", " & ", ". "]), st.text("ab .-", max_size=5))
def test_a_name_is_found_where_its_anchor_stands(words: list[str], joint: str, near: str) -> None:
    """However its words are joined, and wherever it begins."""
    name = Name.of(" ".join(words), {})
    assert name is not None
    text = f"{near} {joint.join(normal(' '.join(words)))} {near}"
    places = [at for at in range(len(text)) if text.startswith(name.anchor, at)]
    found = [name.begins(text, at) for at in places if name.pattern.match(text, at)]
    assert any(each >= 0 for each in found)


@settings(max_examples=300)
@given(WORDS, st.data())
def test_whatever_is_close_has_a_chunk(words: list[str], data: st.DataObject) -> None:
    """So that nothing else needs to be compared."""
    name = Name.of(" ".join(words), {})
    assert name is not None
    assume(name.chunks)
    other = list(name.text)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(other)))
        other[at : at + data.draw(st.integers(0, 1))] = data.draw(st.text("abcdefg", max_size=1))
    said = "".join(other)
    if fuzz.token_sort_ratio(said, name.text) >= CLOSE:
        assert any(chunk in said for chunk in name.chunks)


@given(st.text(max_size=60))
def test_folding_keeps_lines_and_twice_is_once(text: str) -> None:
    """Whatever the letters."""
    folded = folded_text(text)
    assert folded.count("\n") == text.count("\n")
    assert folded_text(folded).count("\n") == text.count("\n")


def test_a_longer_name_says_more() -> None:
    """Letters alone count, up to a bound."""
    assert 0 < bits_of("example") < bits_of("example card") == bits_of("example-card")
    assert bits_of("x" * 200) == 40.0
