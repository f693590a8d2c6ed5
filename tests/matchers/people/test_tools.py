"""Tables, opened."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.people import People
from matchers.people.judge import NOBODY
from matchers.people.order import NONE, Readings
from matchers.people.tools import Tools
from tests.matchers.people.crowd import KEY, people
from watcher.api import Watch


def test_readings_are_looked_up_together_and_judged() -> None:
    crowd = people(5)
    tools = Tools.open(People(Watch()).enrol(crowd, KEY), KEY)
    readings = Readings(((b"table", b"chair"),))
    assert tools.judged(readings, tools.words([readings]), shortest=4) == NOBODY
    assert tools.judged(NONE, {}, shortest=4) == NOBODY


def test_what_is_not_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        Tools.open({"other": np.zeros(1)}, KEY)
