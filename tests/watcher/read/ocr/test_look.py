from __future__ import annotations

import pytest

from tests.watcher.read.made import BOUNDS
from tests.watcher.read.ocr.scanned import LIST, is_list, needed, page, sight
from watcher.model import Why
from watcher.read.budget import Budget, Trouble
from watcher.read.ocr import look
from watcher.read.ocr.engine import Grey
from watcher.read.ocr.picture import grey
from watcher.read.ocr.sight import Sight


def seen() -> Grey:
    return grey(page())


def test_where_it_is_off_nothing_is_decoded() -> None:
    """No word and no trouble."""

    def never() -> Grey:
        raise AssertionError

    assert look.text(never, Budget(BOUNDS)) == ""


def test_an_engine_that_did_not_start_is_no_silence() -> None:
    """It is switched on: what it should have read is unread."""
    dead = Sight(engine=None, pixels=10**9, pictures=9, seconds=9)
    with pytest.raises(Trouble) as trouble:
        look.text(seen, Budget(BOUNDS, sight=dead))
    assert trouble.value.why is Why.UNSUPPORTED


@needed
def test_pictures_and_seconds_are_counted_down() -> None:
    """Beyond either a picture is a limit; the same one again and a speck cost nothing."""
    budget = Budget(BOUNDS, sight=sight(pictures=1))
    speck = Grey(width=15, height=60, data=bytes(900))
    assert look.text(lambda: speck, budget) == ""
    assert is_list(look.text(seen, budget))
    assert is_list(look.text(seen, budget))
    with pytest.raises(Trouble) as trouble:
        look.text(lambda: grey(page(LIST[:1])), budget)
    assert trouble.value.why is Why.LIMIT
    assert budget.sight
    assert budget.sight.seconds < 100
    with pytest.raises(Trouble):
        look.text(seen, Budget(BOUNDS, sight=sight(seconds=0)))


@needed
def test_where_a_look_took_the_process_none_is_taken_again() -> None:
    """The worker that comes after says so."""
    with pytest.raises(Trouble) as trouble:
        look.text(seen, Budget(BOUNDS, sight=sight(), careful=1))
    assert trouble.value.why is Why.LOST
