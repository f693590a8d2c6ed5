"""What a document leaves, and what documents are worth one after another."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest

from tests.watcher.assess.tallies import names_list, roll, roster
from watcher.assess import Leaving, judged
from watcher.assess.traces import LEAST, SHARES, scores
from watcher.assess.weight import bits_at
from watcher.config.settings import Matching
from watcher.model import Family, Tally
from watcher.model.traces import KEPT


def left(tally: Tally, *, count: int = 1000) -> Leaving:
    return judged(tally, officers=roster(count), settings=Matching()).leaving


def test_five_names_leave_a_trace() -> None:
    """Whose they are, how likely that was, and how many others there were."""
    (trace,) = left(names_list(5, misses=2)).traces
    assert (trace.family, trace.hits, trace.misses) == (Family.NAME, 5, 2)
    assert trace.officers.tolist() == [0, 1, 2, 3, 4]
    assert trace.starts.tolist() == [0, 1, 2, 3, 4, 5]
    assert trace.expected == pytest.approx(7 * 0.05)


def test_a_list_leaves_none() -> None:
    """It is told by itself."""
    assert left(names_list(30)) == Leaving()


def test_what_speaks_against_a_list_is_only_counted() -> None:
    assert left(names_list(2, misses=60)) == Leaving(counted=True)
    assert left(Tally()) == Leaving()
    assert left(names_list(5, echo=True)) == Leaving()


def test_rows_of_all_pieces_count_once() -> None:
    """The same name on two pages of one document."""
    pages = names_list(3, where="a") + names_list(4, where="b")
    (trace,) = left(pages).traces
    assert (trace.hits, trace.officers.tolist()) == (4, [0, 1, 2, 3])


def test_public_officers_leave_nothing() -> None:
    officers = roster(public=range(5))
    assert not judged(names_list(5), officers=officers, settings=Matching()).leaving.traces


def test_a_trace_is_bounded() -> None:
    """Of a long list that is nearly one, the rows that say most."""
    many = 3 * KEPT
    tally = Tally(
        rolls=(
            roll(
                [1] * many,
                chance=[0.9995] * (many - 1) + [0.5],
                officers=[(at % 900,) for at in range(many)],
            ),
        )
    )
    (trace,) = left(tally).traces
    assert (trace.hits, trace.misses, min(trace.chance)) == (KEPT, many - KEPT, 0.5)


def test_who_was_met_before_says_nothing_again() -> None:
    """The same row, and another spelling of the same person."""
    first = left(names_list(5)).traces[0]
    again = left(
        Tally(
            rolls=(
                roll([1] * 5, keys=[1, 2, 3, 91, 92], officers=[(at,) for at in (0, 1, 2, 3, 9)]),
            )
        )
    ).traces[0]
    bits = scores([first, again])
    assert bits.shape == (2, len(SHARES))
    assert bits[0].tolist() == bits_at(np.array([0.05] * 5), 0, SHARES).tolist()
    assert bits[1].tolist() == bits_at(np.array([0.05]), 0, SHARES).tolist()
    assert bits[0, -1] == pytest.approx(5 * log2((0.97 + 0.03 * 0.05) / 0.05))
    assert bits[0].max() > LEAST
