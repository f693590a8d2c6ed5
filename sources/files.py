"""
The files behind an item's page: what a freedom-of-information answer has attached.

    files = "a[href*='/attach/']"

The selector picks links of the page; what they lead to is fetched once each,
wherever it lies, and is not searched again. A page on which it finds nothing
has no files, as many answers have none.

Some places make a file ready when it is first asked for, and send whoever asks
to a page that reloads itself meanwhile: that is not the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urldefrag

from sources.listed import bounded
from watcher.api import Answer, Capture, ConfigError, Element, FetchError, ReadError, Ref

LATER = 60.0  # seconds until a file that is being made ready is asked for again
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_RELOADS = "meta[http-equiv='refresh' i]"  # HTML Living Standard §4.2.5.3


def check_selector(key: str, css: str) -> None:
    """Raise ConfigError unless this is a CSS selector, or ""."""
    if not css:
        return
    # Brings the parser of pages with it, which is needed only where somebody selects.
    import soupsieve

    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as problem:
        raise ConfigError(f"{key}: `{css}` is not a CSS selector") from problem


async def with_files(answer: Answer, ref: Ref, css: str) -> Capture:
    """
    The document of this ref, with the files that its page links to.

    What is no page has none. Raises FetchError where a page cannot be searched
    (without its files it would look as if it had none), and where a file is
    not ready.
    """
    capture = replace(answer.capture, ref=ref)
    kind = capture.header("Content-Type").partition(";")[0].strip().lower()
    if not css or kind not in _PAGES:
        return capture
    here = {urldefrag(url).url for url in (ref.url, capture.url)}
    if ref.key == _key(ref.url):
        if len(here) > 1 and await _select(answer, _RELOADS):
            raise FetchError(
                "the place is making the file ready (it sends to a page that reloads itself)",
                retry=True,
                after=LATER,
                status=200,
                kind="answered",
            )
        return capture
    links = await _select(answer, css)
    found: dict[str, Ref] = {}
    for each in links:
        url = urldefrag(each.attributes.get("href", "")).url
        if url.startswith(("http://", "https://")) and url not in here:
            key = _key(url)
            found.setdefault(key, Ref(source=ref.source, key=key, url=url))
    return replace(capture, files=tuple(found.values()))


def _key(url: str) -> str:
    """The key of the file at this address, which no item of a listing has."""
    return bounded(f"{url} file")


async def _select(answer: Answer, css: str) -> Sequence[Element]:
    try:
        return await answer.select(css)
    except ReadError as problem:
        raise FetchError(f"files: the page cannot be searched: {problem}", retry=False) from problem
