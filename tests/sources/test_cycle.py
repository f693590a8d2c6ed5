"""A round of questions: nothing is told twice, nothing is lost at its ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.cycle import Cycle

NAMES = ["Adobe", "Stratfor", "Yahoo"]
digests = st.text("0123456789ABCDEF", min_size=40, max_size=40)


@given(st.dictionaries(digests, st.lists(st.sampled_from([*NAMES, "Late"]), unique=True)))
def test_what_is_written_is_read(found: dict[str, list[str]]) -> None:
    """At any time the state as text is the same state."""
    cycle = Cycle()
    cycle.begin("Yahoo", NAMES)
    for digest, names in found.items():
        cycle.add(digest, names)
    cycle.grown()
    again = Cycle.of(str(cycle))
    assert again == cycle
    assert again.end(NAMES) == cycle.end(NAMES)


def test_what_is_no_state_is_a_new_one() -> None:
    """Text that nobody here wrote begins anew, and does not break anything."""
    for text in ("", "[]", "{", '{"other": 1}', "null"):
        assert not Cycle.of(text).running
        assert Cycle.of(text).first


def test_two_rounds_of_two_installations_write_different_documents() -> None:
    """The salt is another each time, and stays with its state."""
    one, two = Cycle(), Cycle()
    assert one.salt != two.salt
    assert Cycle.of(str(one)).salt == one.salt


def test_a_breach_is_told_again_when_it_is_twice_as_large() -> None:
    """At once with its first, then at two, four, eight; a thousand are eleven times."""
    cycle = Cycle()
    cycle.begin("Yahoo", NAMES)
    told = []
    for at in range(1000):
        cycle.add(f"{at:040X}", ["Yahoo"])
        told += [len(each) for each in cycle.grown().values()]
    assert told == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]


def test_what_was_known_is_not_told_again() -> None:
    """A breach of a round before is passed over in the next."""
    cycle = Cycle()
    cycle.begin("Stratfor", NAMES[:2])
    cycle.add("A" * 40, ["Adobe"])
    assert cycle.end(NAMES[:2]) == {"Adobe": ["A" * 40]}
    assert not cycle.first
    cycle.begin("Yahoo", NAMES)
    cycle.add("A" * 40, ["Adobe", "Yahoo"])
    assert cycle.end(NAMES) == {"Yahoo": ["A" * 40]}


def test_a_breach_that_came_meanwhile_is_left_for_the_next_round() -> None:
    """Only a part of the people were looked for in it; in the next round all are."""
    cycle = Cycle()
    cycle.begin("Stratfor", NAMES[:2])
    cycle.add("A" * 40, ["Adobe", "Yahoo"])
    assert set(cycle.grown()) == {"Adobe"}
    assert set(cycle.end(NAMES)) == {"Adobe"}
    cycle.begin("Yahoo", NAMES)
    cycle.add("A" * 40, ["Adobe", "Yahoo"])
    assert set(cycle.end(NAMES)) == {"Yahoo"}


def test_a_breach_that_no_list_names_is_told_all_the_same() -> None:
    """An answer may name what the list does not: it is told at the end, and once."""
    cycle = Cycle()
    for told in ({"Hidden": ["A" * 40]}, {}):
        cycle.begin("Stratfor", NAMES)
        cycle.add("A" * 40, ["Hidden"])
        assert cycle.grown() == {}
        assert cycle.end(NAMES) == told


def test_a_hash_is_not_shown() -> None:
    """Neither what was found nor how far the round has come is in a `repr`."""
    cycle = Cycle()
    cycle.begin("Yahoo", NAMES)
    cycle.add("A" * 40, ["Yahoo"])
    cycle.at = "567159"
    assert "AAAA" not in repr(cycle)
    assert "567159" not in repr(cycle)
