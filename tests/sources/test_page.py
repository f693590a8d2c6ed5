"""One page that is itself the document, on a real site, read by a real worker."""

from __future__ import annotations

import pytest

from sources.page import Page
from tests.watcher.fetch.site import Site
from watcher.api import Capture, ConfigError, FetchError, SourceError
from watcher.fetch import Fetcher
from watcher.testing.source import check_source

AWARDS = b"<p>visit %d</p><main><h1>Awards</h1>PC Reed</main><footer>x</footer>"


async def one(source: Page, out: Fetcher) -> Capture:
    (found,) = await check_source(source, out.web(source.name))
    assert isinstance(found, Capture)
    return found


async def test_the_page_is_the_document(place: Site, out: Fetcher) -> None:
    """Byte for byte, with another version once it changed."""
    source = Page(name="awards", url=place.says("/", AWARDS % 1), expect=("Awards",))
    first = await one(source, out)
    assert first.body.open().read() == AWARDS % 1
    assert first.status == 200
    place.says("/", AWARDS % 2)
    second = await one(source, out)
    assert first.ref == second.ref
    assert first.ref.version != second.ref.version


async def test_what_changes_with_every_visit_can_be_left_out(place: Site, out: Fetcher) -> None:
    """`part` is the document, and its version: the same as long as the part is."""
    source = Page(name="awards", url=place.says("/", AWARDS % 1), part="main")
    first = await one(source, out)
    assert first.body.open().read() == b"<main><h1>Awards</h1>PC Reed</main>"
    place.says("/", AWARDS % 2)
    assert (await one(source, out)).ref.version == first.ref.version


@pytest.mark.parametrize("fields", [{"part": "article"}, {"expect": ("Honours",)}])
async def test_another_page_is_not_a_quiet_day(
    place: Site, out: Fetcher, fields: dict[str, str]
) -> None:
    """Status 200 proves nothing."""
    source = Page(name="awards", url=place.says("/", AWARDS % 1), **fields)  # type: ignore[arg-type]  # a table
    with pytest.raises(SourceError):
        await check_source(source, out.web("awards"))


async def test_an_empty_page_is_not_a_quiet_day_either(place: Site, out: Fetcher) -> None:
    """Nothing at all is no document that was read."""
    with pytest.raises(SourceError, match="empty"):
        await check_source(Page(name="a", url=place.says("/", b"")), out.web("a"))


async def test_an_unchanged_page_is_no_document(place: Site, out: Fetcher) -> None:
    """304 brings nothing to read; asked for as a whole, it is an error."""
    source = Page(name="awards", url=place.says("/", status=304))
    web = out.web("awards", {source.url: ('"1"', "")})
    assert await check_source(source, web) == []
    place.says("/", AWARDS % 1)
    ref = (await one(source, out)).ref
    assert (await source.fetch(out.web("awards"), ref)).ref == ref
    place.says("/", status=304)
    with pytest.raises(FetchError):
        await source.fetch(web, ref)


async def test_a_refusal_is_no_page(place: Site, out: Fetcher) -> None:
    """The place says so with status 200."""
    source = Page(name="a", url=place.says("/", b"Busy."), refusals={"Busy.": "retry"})
    with pytest.raises(FetchError, match="later"):
        await check_source(source, out.web("a"))


def test_fields_that_cannot_be_meant_are_told() -> None:
    """Each names the key."""
    with pytest.raises(ConfigError, match=r"^url: "):
        Page(name="a", url="site.example")
    with pytest.raises(ConfigError, match=r"^refusals: "):
        Page(name="a", url="http://site.example/", refusals={"x": "y"})
