"""An opened index."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from matchers.people.chance import Rule
from matchers.people.desk import Desk
from matchers.people.engine import Engine
from tests.matchers.people.crowd import KEY, engine, people

CROWD = people(5)


def test_what_is_not_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        Engine({"other": np.zeros(1)}, KEY)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        engine(CROWD, b"short")


def test_each_thread_has_a_desk_of_its_own() -> None:
    """Two parts matched at once never share an array."""
    opened = engine(CROWD)
    desks: list[Desk] = []
    thread = threading.Thread(target=lambda: desks.extend((opened.desk(), opened.desk())))
    thread.start()
    thread.join()
    first, second = desks
    assert first is second
    assert opened.desk() is opened.desk()
    assert first is not opened.desk()
    assert not np.shares_memory(first.rows.number, opened.desk().rows.number)


def test_a_name_says_more_than_a_surname() -> None:
    """By the mean number of other people that each rule means."""
    bits = engine(people(200)).bits
    assert min(bits[Rule.FULL], bits[Rule.INITIAL]) > bits[Rule.SURNAME]
