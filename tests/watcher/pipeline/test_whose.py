"""Whose trouble it is: the place's, or the way out's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from watcher.errors import KINDS, LOCAL
from watcher.pipeline.whose import LATELY, UNREACHABLE, whose
from watcher.store import SourceState

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def states(*kinds: str, ago: timedelta = timedelta(minutes=1)) -> list[SourceState]:
    return [
        SourceState(name=f"s{at}", tried_at=NOW - ago, error_kind=kind)
        for at, kind in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kind", "others", "told"),
    [
        (UNREACHABLE, (UNREACHABLE, UNREACHABLE), LOCAL),
        (UNREACHABLE, (UNREACHABLE, LOCAL), LOCAL),
        (UNREACHABLE, (UNREACHABLE,), UNREACHABLE),  # two may be down together
        (UNREACHABLE, (), UNREACHABLE),
        (UNREACHABLE, (UNREACHABLE, UNREACHABLE, ""), UNREACHABLE),
        (UNREACHABLE, (UNREACHABLE, UNREACHABLE, "answered"), UNREACHABLE),
        (LOCAL, (), LOCAL),
        (LOCAL, (UNREACHABLE,), LOCAL),
        (LOCAL, ("",), UNREACHABLE),  # others get out
        (LOCAL, ("listing",), UNREACHABLE),
    ],
)
def test_the_others_tell(kind: str, others: tuple[str, ...], told: str) -> None:
    """Nobody reached is the way out; somebody reached is the place."""
    assert whose(kind, "mine", states(*others), NOW) == told


@pytest.mark.parametrize("kind", [each for each in KINDS if each not in (LOCAL, UNREACHABLE)])
def test_what_came_from_the_place_is_the_places(kind: str) -> None:
    """An answer, even a bad one, came over the way out."""
    assert whose(kind, "mine", states(UNREACHABLE, UNREACHABLE, LOCAL), NOW) == kind


def test_old_visits_and_its_own_do_not_count() -> None:
    """Nor those that asked nobody."""
    old = states(UNREACHABLE, UNREACHABLE, ago=LATELY + timedelta(seconds=1))
    own = [SourceState(name="mine", tried_at=NOW, error_kind="")]
    folder = [SourceState(name="inbox", tried_at=None, error_kind="")]
    assert whose(UNREACHABLE, "mine", [*old, *own], NOW) == UNREACHABLE
    assert whose(LOCAL, "mine", [*own, *folder], NOW) == LOCAL
