"""The table of headings is consistent with itself and with the roster's own columns."""

from __future__ import annotations

from watcher.vocabulary.fields import NOT_OURS, PHRASES, Field


def test_every_field_has_headings_and_none_belongs_to_two() -> None:
    """A heading names one field, and every field can be named."""
    phrases = [phrase for group in PHRASES.values() for phrase in group]
    assert len(phrases) == len(set(phrases))
    assert set(PHRASES) == set(Field)


def test_what_is_not_ours_is_not_ours() -> None:
    """A word that is kept out of the fuzzy search is no heading by itself, but for `office`."""
    phrases = {phrase for group in PHRASES.values() for phrase in group}
    assert phrases & NOT_OURS <= {"office"}
