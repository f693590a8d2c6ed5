from __future__ import annotations

import pytest

from watcher.config.address import below, describe, near


def test_an_address_reads_like_the_file() -> None:
    """Tables are joined by dots; a key that TOML would quote is quoted."""
    assert below("", "store") == "store"
    assert below("sources.pastes", "every") == "sources.pastes.every"
    assert below("sources", "my\nsite") == r"sources.'my\nsite'"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true or false"),
        ("x", "text"),
        (5, "a whole number"),
        ([], "a list"),
        ({}, "a table"),
    ],
)
def test_a_value_is_described_and_not_shown(value: object, words: str) -> None:
    """What is in the wrong place may be a secret."""
    assert describe(value) == words


def test_the_near_name_or_all_names() -> None:
    """A slip of the finger gets the word that was meant, anything else the list of words."""
    assert near("evry", ["every", "url"]) == '; did you mean "every"?'
    assert near("zzz", ["url", "every"]) == " (there is every, url)"
    assert near("zzz", ["url", "every"], listing=False) == ""
