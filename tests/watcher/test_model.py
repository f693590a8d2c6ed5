"""The nouns: what they hold, what they hide, and how tallies add up."""

from __future__ import annotations

import hashlib
from array import array
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model import (
    Body,
    Capture,
    Family,
    Match,
    Part,
    Person,
    Record,
    Ref,
    Roll,
    Severity,
    Sign,
    Tally,
    last_step,
    one_data_set,
)

MARK = "Quillfeather"
refs = st.frozensets(st.sampled_from([f"N-{n}" for n in range(12)]))


def test_nothing_that_was_found_is_in_a_repr() -> None:
    """A log line or a traceback that shows a noun shows no text, body, header or roster value."""
    ref = Ref(source="s", key="k", url="https://x.example/")
    taken_at = datetime(2026, 11, 22, tzinfo=UTC)
    shown = [
        repr(Part(where="", text=MARK, header=(MARK,))),
        repr(
            Capture(
                ref=ref,
                taken_at=taken_at,
                url=ref.url,
                body=Body(MARK.encode()),
                headers=(("X", MARK),),
                request=(("X", MARK),),
            )
        ),
        repr(Person(ref="r", surname=MARK, emails=(MARK,), numbers=(("pay_number", MARK),))),
    ]
    assert not [text for text in shown if MARK in text]


def test_a_body_is_the_same_in_memory_and_on_disk(tmp_path: Path) -> None:
    """Size, digest and bytes do not depend on where they lie."""
    data = bytes(range(256)) * 50
    (tmp_path / "x").write_bytes(data)
    for body in (Body(data), Body(tmp_path / "x")):
        assert (body.size, body.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        with body.open() as stream:
            assert stream.read() == data


@pytest.mark.parametrize(
    ("url", "step"),
    [
        ("https://foi.example/2026/list.xlsx?download=1#top", "list.xlsx"),
        ("https://foi.example/2026/", "2026"),
        ("https://foi.example/list.csv#a/b", "list.csv"),
        ("file:///srv/inbox/new%20%231.txt", "new%20%231.txt"),
        ("https://foi.example", "foi.example"),
        ("?a=1", "?a=1"),
        ("/", "/"),
    ],
)
def test_a_file_is_called_by_the_last_step_of_its_address(url: str, step: str) -> None:
    """Without query and fragment; never by nothing."""
    assert last_step(url) == step


def test_severities_are_ordered_and_named() -> None:
    """What is compared is the order, what is written is the word."""
    assert [str(each) for each in sorted(Severity)] == ["info", "low", "medium", "high", "critical"]
    assert Severity.parse("High") is Severity.HIGH
    with pytest.raises(ValueError, match="info, low, medium, high, critical"):
        Severity.parse("urgent")


def roll(where: str, hits: list[int]) -> Roll:
    return Roll(
        where=where,
        family=Family.NAME,
        keys=array("Q", range(len(hits))),
        chance=array("d", [0.1] * len(hits)),
        hit=array("B", hits),
        numbers=array("Q", range(1, len(hits) + 1)),
    )


def tally(where: str, hits: list[int]) -> Tally:
    match = Match(officers=(1,), field="surname", family=Family.NAME, bits=3.0)
    return Tally(
        records=tuple(
            Record(where=where, number=n, matches=(match,)) for n, hit in enumerate(hits) if hit
        ),
        rolls=(roll(where, hits),),
        tried=len(hits),
        signs=((where, frozenset({Sign.POLICE})),) if any(hits) else (),
    )


tallies = st.lists(
    st.builds(tally, st.sampled_from(["", "a", "b"]), st.lists(st.integers(0, 1), max_size=4)),
    max_size=6,
)


def sums(total: Tally) -> object:
    return (
        len(total.records),
        {each.where: sorted(zip(each.keys, each.hit, strict=True)) for each in total.rolls},
        total.tried,
        dict(total.signs),
    )


@given(tallies, st.randoms(use_true_random=False))
def test_tallies_add_up_in_any_order(parts: list[Tally], dice: object) -> None:
    """A document's sum does not depend on the order or the grouping of its windows."""
    shuffled = list(parts)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    stepwise = Tally()
    for each in shuffled:
        stepwise = stepwise + each
    assert sums(stepwise) == sums(Tally.total(parts))


@given(refs, refs)
def test_one_data_set_is_symmetric_and_needs_common_officers(
    one: frozenset[str], two: frozenset[str]
) -> None:
    """The relation does not depend on who came first, and strangers never join."""
    assert one_data_set(one, two) == one_data_set(two, one)
    assert not one_data_set(one, frozenset())
    assert one_data_set(one, one) == bool(one)


def test_four_fifths_of_five_is_one_data_set() -> None:
    """A thinned copy joins the whole; a short overlap with a long list does not."""
    whole = frozenset(map(str, range(100)))
    assert one_data_set(whole, frozenset(map(str, range(5))))
    assert not one_data_set(whole, frozenset(map(str, range(4))))
    assert not one_data_set(whole, frozenset({"1", "2", "3", "x", "y", "z"}))
