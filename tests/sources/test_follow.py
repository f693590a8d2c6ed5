"""What documents name is fetched, and nothing else."""

from __future__ import annotations

import pytest

from sources.follow import Follow
from tests.watcher.fetch.site import Site
from watcher.api import ConfigError, Part, Ref
from watcher.fetch import Fetcher
from watcher.testing import check_source

SOURCE = Follow(
    name="followed",
    hosts=("files.example",),
    templates={"paste.example": "https://paste.example/raw/{key}"},
    without=("dpaste.com",),
)


def urls(text: str, source: Follow = SOURCE, **fields: object) -> list[str]:
    part = Part(where="", text=text, **fields)  # type: ignore[arg-type]  # Part's own fields
    return [ref.url for ref in source.named(part)]


async def test_it_keeps_the_contract_and_lists_nothing(place: Site, out: Fetcher) -> None:
    """A visit asks nobody."""
    assert await check_source(SOURCE, out.web("followed")) == []
    assert place.asked == []


async def test_what_was_named_is_fetched(place: Site, out: Fetcher) -> None:
    """Under the ref by which it is known."""
    ref = Ref(source="followed", key="k", url=place.says("/raw/1", b"Tea.\n"))
    capture = await SOURCE.fetch(out.web("followed"), ref)
    assert (capture.ref, capture.body.open().read()) == (ref, b"Tea.\n")


def test_each_is_named_once() -> None:
    """However often, and under whichever of its addresses."""
    text = (
        "https://paste.ee/p/a paste.ee/r/a files.example/x.zip paste.example/1 paste[.]example/p/1"
    )
    assert urls(text) == [
        "https://paste.ee/r/a",
        "https://files.example/x.zip",
        "https://paste.example/raw/1",
    ]
    (ref,) = SOURCE.named(Part(where="", text="paste.ee/p/a"))
    assert (ref.source, ref.key, ref.version) == ("followed", "paste.ee a", "")


def test_what_the_operator_leaves_out_is_left_out() -> None:
    """A host in `without` is not followed."""
    assert urls("https://dpaste.com/8AB3DEFGH") == []
    assert urls("https://dpaste.com/8AB3DEFGH", Follow(name="f"))


def test_an_address_that_the_window_cuts_is_left_to_the_next() -> None:
    """Half an address is another document's."""
    assert urls("x paste.ee/p/abc", repeated=16) == []
    assert urls("x paste.ee/p/abc") == ["https://paste.ee/r/abc"]


def test_one_document_names_no_more_than_it_may() -> None:
    text = " ".join(f"paste.ee/p/a{n}" for n in range(80))
    assert len(urls(text)) == 50
    assert len(urls(text, Follow(name="f", per_document=3))) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"hosts": ("https://x.example",)}, "hosts: "),
        ({"without": ("X.example",)}, "without: "),
        ({"templates": {"x.example": "https://x.example/"}}, "templates: "),
        ({"per_day": 0}, "per_day: must be 1 or more"),
    ],
)
def test_a_mistake_has_an_address(options: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Follow(name="f", **options)  # type: ignore[arg-type]  # what an operator may write
