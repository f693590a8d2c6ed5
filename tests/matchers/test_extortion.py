"""What a leak listing says of its victim's data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.extortion import is_published, lists_staff_files


@pytest.mark.parametrize(
    "told",
    [
        "Example Card Ltd. All data has been published.",
        "41 GB. Files published: 12,004",
        "STATUS: PUBLISHED",
        "example card · 100% leaked",
        "Download link 1, download link 2",
        "full dump, magnet:?xt=urn:btih:00",
        "The company did not pay. Everything was uploaded to our blog",
    ],
)
def test_published(told: str) -> None:
    assert is_published(told)


@pytest.mark.parametrize(
    "told",
    [
        "Example Card Ltd. All data will be published in 3 days.",
        "If they stay silent the files are released on Monday",
        "data to be leaked soon",
        "Files not published yet",
        "We have 41 GB of their data",
        "publication in 6d 12h",
        "",
    ],
)
def test_only_threatened_with(told: str) -> None:
    assert not is_published(told)


@pytest.mark.parametrize(
    ("told", "said"),
    [("warrant_cards/0001.jpg", True), ("Staff photos.zip", True), ("our staff is kind", False)],
)
def test_files_called_after_staff(told: str, said: bool) -> None:
    assert lists_staff_files(told) is said


@given(st.text(max_size=300))
def test_any_text_may_be_asked(told: str) -> None:
    assert is_published(told) in (True, False)
