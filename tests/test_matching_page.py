"""docs/matching.md tells the truth: its worked examples, its bounds, and its measured figures."""

from __future__ import annotations

import json
import re
from math import log2
from pathlib import Path

import pytest

from bench.speed import page
from watcher.assess.persons import SURE, SURE_IN_CONTEXT
from watcher.assess.weight import COVERAGE
from watcher.config.settings import Matching

TEXT = page.PAGE.read_text()
EXAMPLES = re.findall(r"^\| ([\d,]+) [a-z ]+ \| (\d+) \| 1 in (\d+) \| ([\w ]+) \|$", TEXT, re.M)


def bits(rows: int, hits: int, chance: float) -> float:
    """The formula of the page: the best share, paid for; seven eighths of the belief on the whole."""
    return (
        max(
            hits * log2((c + (1 - c) * chance) / chance) + (rows - hits) * log2(1 - c)
            for c in COVERAGE
        )
        - log2(len(COVERAGE))
        - log2(8 / 7)
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_worked_examples_are_right(example: tuple[str, str, str, str]) -> None:
    """By the page's own formula."""
    rows, hits, chance, said = example
    found = bits(int(rows.replace(",", "")), int(hits), 1 / int(chance))
    assert said == ("below 0" if found < 0 else f"{found:.0f}")


def test_there_are_examples() -> None:
    """Or the test above would prove nothing."""
    assert len(EXAMPLES) == 6


def test_the_bounds_are_those_of_the_program() -> None:
    """The defaults, in bits and in accidents."""
    assert f"{Matching().list_bits:g} bits or more" in TEXT
    assert f"{Matching().names_bits:g} bits or more" in TEXT
    assert f"1 in {1 / SURE_IN_CONTEXT:,.0f} where police" in TEXT
    assert f"1 in {1 / SURE:,.0f} elsewhere" in TEXT


def test_the_measured_figures_are_the_recorded_ones() -> None:
    """`make bench` writes both; whoever edits one by hand is told."""
    assert page.written(TEXT) == TEXT


def test_a_recorded_run_is_told(tmp_path: Path) -> None:
    """Each figure with its unit, what was asked of it, and what stood beside it."""
    results = tmp_path / "speed.json"
    figure = {
        "key": "natural.47000",
        "what": "natural text, 47,000 officers",
        "value": 71.25,
        "unit": "MB/s",
        "more": True,
        "reach": 60.0,
        "beside": {"wc -w": 0.41},
    }
    results.write_text(
        json.dumps({"machine": {"cpu": "a CPU", "python": "3.11"}, "figures": [figure]})
    )
    assert (
        "| natural text, 47,000 officers | 71.25 MB/s | ≥ 60 MB/s | 0.41 × wc -w |"
        in page.table(results)
    )
    assert "a CPU" in page.written(TEXT, results)


def test_the_picture_is_there_and_is_told_in_words() -> None:
    """For those who cannot see it, and for both themes: it brings its own background."""
    said = re.search(r"!\[([^\]]+)\]\(matching\.svg\)", TEXT)
    assert said
    assert len(said[1]) > 100
    picture = (page.PAGE.parent / "matching.svg").read_text()
    assert "<title" in picture
    assert 'class="page"' in picture
