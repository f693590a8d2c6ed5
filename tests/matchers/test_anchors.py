"""Where a long text may hold names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.anchors import Anchors
from matchers.companies import folded_text, names_of

NAMES = names_of(
    [
        "Example Card Ltd | ExCard | xcard.example",
        "Müller & Söhne",
        "O'Neill Plant",
        "3M",
        "Office Fleet",
        "EE Group",
    ]
)
ANCHORS = Anchors(NAMES)
PIECES = (
    "example", "EXAMPLE", "Exam", "ple", "card", "Cards", "Ltd", "&", "and", "Müller", "Mu\u0308ller", "söhne",
    "Sohne", "\u200b", "xcard", ".example", "[.]", "O’Neill", "O'Neill", "ONeill", "plant", "3M", "3m's", "office", "ＯＦＦＩＣＥ",
    "fleet", "EE", "%20", "\\n", "\\", "&amp;", "™", " ", "-", "\n", "x" * 400, "'",
)  # fmt: skip


def spelled(text: str) -> set[tuple[str, int]]:
    """Names as `companies` finds them in the whole text, and the line."""
    folded = folded_text(text)
    return {
        (name.anchor, folded.count("\n", 0, start))
        for name in NAMES
        for at in range(len(folded))
        if name.pattern.match(folded, at) and (start := name.begins(folded, at)) >= 0
    }


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_name_stands_elsewhere(text: str) -> None:
    """What is spelled out in the whole text is spelled out in the stretches, and the other way round."""
    found = set()
    for start, end, names in ANCHORS.stretches(text):
        before = text.count("\n", 0, start)
        anchors = {name.anchor for name in names}
        found |= {
            (anchor, before + line)
            for anchor, line in spelled(text[start:end])
            if anchor in anchors
        }
    assert found == spelled(text)


def test_stretches_of_one_name_are_joined() -> None:
    """A dump that names a supplier in each row is read once."""
    text = "Example Card Ltd\n" * 1000
    assert [(start, end) for start, end, _ in ANCHORS.stretches(text)] == [(0, len(text))]
