"""docs/plugins.md tells the truth: the source that it shows is run."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.watcher.fetch.site import Site
from watcher import registry
from watcher.api import Ref, SourceError
from watcher.config.settings import SourceTable
from watcher.errors import ConfigError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

PAGE = Path(__file__).resolve().parents[2] / "docs" / "plugins.md"
INDEX = b"a\tfirst\t1\nb\tsecond\t1\n"


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[ModuleType]:
    """The page's source, as a package that a stranger installed."""
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    file = tmp_path / "stranger.py"
    file.write_text(code)
    spec = importlib.util.spec_from_file_location("stranger", file)
    assert spec
    assert spec.loader
    sys.modules["stranger"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["stranger"]


async def test_the_source_of_the_page_keeps_the_contract(
    shown: ModuleType, place: Site, out: Fetcher
) -> None:
    """Listed, fetched, and another version once it was edited."""
    place.says("/index.txt", INDEX)
    place.says("/a", b"one")
    place.says("/b", b"two")
    source = shown.Lines(name="lines", url=place.url("/"))
    before = await check_source(source, out.web("lines"))
    place.says("/index.txt", INDEX.replace(b"first\t1", b"first\t2"))
    after = await check_source(source, out.web("lines"))
    assert before == after
    versions = [each.version for each in (*before, *after) if isinstance(each, Ref)]
    assert versions == ["1", "1", "2", "1"]
    place.says("/index.txt", b"")
    with pytest.raises(SourceError):
        await check_source(source, out.web("lines"))


def test_it_comes_through_the_door_that_the_page_names(shown: ModuleType, tmp_path: Path) -> None:
    """An entry point, a table, and messages with addresses."""
    from importlib.metadata import EntryPoint

    door = [EntryPoint(name="lines", value="stranger:Lines", group=registry.SOURCES)]
    table = SourceTable(name="r", kind="lines", enabled=True, options={"url": "https://s.example/"})
    assert isinstance(registry.source(table, tmp_path / "c", plugins=door), shown.Lines)
    wrong = SourceTable(name="r", kind="lines", enabled=True, options={"url": "https://s.example"})
    with pytest.raises(ConfigError, match=r"sources\.r\.url: ends with a slash"):
        registry.source(wrong, tmp_path / "c", plugins=door)


def test_it_is_about_thirty_lines(shown: ModuleType) -> None:
    """Or the page promises too much."""
    assert len(Path(str(shown.__file__)).read_text().splitlines()) <= 35
