"""Who is enrolled."""

from __future__ import annotations

from watcher.model import (
    Person,
)

MARK = "Quillfeather"


def test_a_person_shows_nothing_but_the_ref() -> None:
    """A log line or a traceback that shows one shows no value of the roster."""
    person = Person(ref="r", surname=MARK, emails=(MARK,), numbers=(("pay_number", MARK),))
    assert MARK not in repr(person)
    assert "'r'" in repr(person)
