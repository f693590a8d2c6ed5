"""One reading of one word, met with the postings of names."""

from __future__ import annotations

from tests.matchers.people.kernel.filed import Met, asked


def test_every_place_of_a_run_is_kept() -> None:
    """A substitution inside a run of equal letters is one edit: `anna` and `amna`, `aanna`."""
    assert asked([b"anna"], [b"amna", b"ana", b"anyna", b"aanna", b"abba"]) == [
        Met(-1, (0,)), Met(-1, (0,)), Met(-1, (0,)), Met(-1, (0,)), Met(-1, ()),
    ]  # fmt: skip


def test_short_names_are_never_mistyped() -> None:
    """Three letters enrolled: exactly or not at all; three letters read may lack the fourth."""
    assert asked([b"ann", b"lee"], [b"ann", b"anne", b"an", b"lea"]) == [
        Met(0, ()), Met(-1, ()), Met(-1, ()), Met(-1, ()),
    ]  # fmt: skip
    assert asked([b"anne"], [b"ann", b"an", b"annie", b"nane"]) == [
        Met(-1, (0,)), Met(-1, ()), Met(-1, (0,)), Met(-1, (0,)),
    ]  # fmt: skip


def test_a_transposition_without_a_letter_is_two_edits() -> None:
    assert asked([b"smith"], [b"msith", b"msit", b"smiht", b"msih"]) == [
        Met(-1, (0,)), Met(-1, ()), Met(-1, (0,)), Met(-1, ()),
    ]  # fmt: skip
