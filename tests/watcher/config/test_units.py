from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.config.units import duration, size


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_duration_is_the_sum_of_its_parts(
    days: int, hours: int, minutes: int, seconds: int
) -> None:
    """Every part counts once, and a part that is left out counts nothing."""
    text = "".join(
        f"{n}{u}" for n, u in ((days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s")) if n
    )
    wanted = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    assert duration(text or "0s") == wanted


@pytest.mark.parametrize(
    "text", ["", "5", "m", "-5m", "5 minutes", "30s5m", "1.5h", "٥m", "99999d"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """No guess: a number without a unit, units out of order and lives of man are errors."""
    with pytest.raises(ValueError, match=r'"5m"|days'):
        duration(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0 B", 0),
        ("512 kB", 512 << 10),
        ("64 MB", 64 << 20),
        ("64MiB", 64 << 20),
        ("2 GB", 2 << 30),
    ],
)
def test_sizes_are_powers_of_two(text: str, wanted: int) -> None:
    """A limit of memory is meant as the machine counts."""
    assert size(text) == wanted


@pytest.mark.parametrize("text", ["", "64", "64 mb", "MB", "-1 MB", "1.5 GB", "64 M"])
def test_what_is_no_size_is_refused(text: str) -> None:
    """A size without a unit we know is an error that shows how one is written."""
    with pytest.raises(ValueError, match="64 MB"):
        size(text)
