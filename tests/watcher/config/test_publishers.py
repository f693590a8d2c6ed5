"""Where our people are named on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from watcher.config.load import load
from watcher.config.publishers import publishes, wrong
from watcher.errors import ConfigError

NEWS = "www.force.example/news"


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (NEWS, "https://www.force.example/news"),
        (NEWS, "https://WWW.force.example:8443/news/2024/honours.html?page=2#top"),
        (f"{NEWS}/", "http://www.force.example/news/"),
        ("www.force.example", "https://www.force.example/anything"),
        (".force.example", "https://team.north.force.example/"),
        ("force.example", "https://force.example./"),
    ],
)
def test_a_page_below_the_pattern_is_theirs(pattern: str, url: str) -> None:
    assert publishes([pattern], url, "feed")


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (NEWS, "https://www.force.example/newsroom"),
        (NEWS, "https://www.force.example/files/staff.html"),
        (NEWS, "https://www.force.example/news/../files/staff.html"),
        (NEWS, "https://www.force.example/news/%2e%2e/files/staff.html"),
        (NEWS, "https://www.force.example.evil.example/news"),
        (NEWS, "https://evil.example/www.force.example/news"),
        (NEWS, "https://www.force.example@evil.example/news"),
        (NEWS, "ftp://www.force.example/news"),
        (NEWS, "/srv/www.force.example/news/a.html"),
        ("force.example", "https://www.force.example/"),
        (".force.example", "https://notforce.example/"),
    ],
)
def test_what_only_looks_like_it_is_not(pattern: str, url: str) -> None:
    """A whole step of the path, without detours, at that very host."""
    assert not publishes([pattern], url, "feed")


def test_a_source_may_be_a_publisher() -> None:
    assert publishes(["source:gazette"], "https://anywhere.example/", "gazette")
    assert not publishes(["source:gazette"], "https://gazette/", "pastes")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("https://www.force.example/news", "write it as"),
        ("force.example?x", "write it as"),
        ("", "write it as"),
        ("force.example/a/../b", "write the path as"),
        ("source:nowhere", r"there is no \[sources.nowhere\]"),
    ],
)
def test_a_pattern_that_could_never_be_met_is_refused(
    tmp_path: Path, pattern: str, problem: str
) -> None:
    """With its address in the file."""
    file = tmp_path / "config.toml"
    file.write_text(
        f'[store]\ndirectory = "data"\n[key]\nfile = "master.key"\n'
        f'[publishers]\nforce = ["www.force.example/news/", "{pattern}"]\n'
    )
    with pytest.raises(ConfigError, match=rf"publishers.force\[1\]: .*{problem}"):
        load(file)
    assert not wrong(NEWS, ())
