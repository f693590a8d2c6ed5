from __future__ import annotations

from watcher.read.office.rtfwords import DESTINATIONS, DROPPED, FILES, SEEN, SIGNS, VISIBLE


def test_a_word_says_one_thing() -> None:
    """A destination is no file and no sign; what is seen has no name."""
    assert not DESTINATIONS.keys() & FILES.keys()
    assert not (DESTINATIONS.keys() | FILES.keys()) & SIGNS.keys()
    assert SEEN == ""
    assert SEEN in VISIBLE
    assert DROPPED not in VISIBLE
