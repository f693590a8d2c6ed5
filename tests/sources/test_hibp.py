"""Have I Been Pwned by ranges: asked politely, believed only in its own form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from sources.hibp import LAP, HibpRange
from tests.pwned import API, KEY, Pwned, sha1
from tests.watcher.fetch.site import Site
from watcher.api import (
    Capture,
    ConfigError,
    FetchError,
    Part,
    Reached,
    Ref,
    Secret,
    SourceError,
    Tally,
)
from watcher.fetch import Fetcher
from watcher.testing import check_source

PEOPLE = [f"officer{at}@force.example" for at in range(LAP + 5)]


class Known:
    """Ranges of these addresses."""

    def __init__(self, addresses: Iterable[str] = PEOPLE) -> None:
        self.hashes = sorted(map(sha1, addresses))

    def after(self, prefix: str) -> Sequence[str]:
        return sorted({each[:6] for each in self.hashes if each[:6] > prefix})

    def ours(self, prefix: str, suffixes: Iterable[str]) -> Sequence[str]:
        return [prefix + each for each in suffixes if prefix + each in self.hashes]

    def match(self, part: Part) -> Tally:
        return Tally()


@pytest.fixture
def pwned(place: Site) -> Pwned:
    return Pwned(place)


def source(place: Site, key: str = KEY) -> HibpRange:
    return HibpRange(name="hibp", key=Secret(key), url=place.url(API))


async def asked(
    place: Site, out: Fetcher, cursor: str = "", known: Known | None = None
) -> tuple[list[Capture], str]:
    """The documents of one visit, and how far it came."""
    web = out.web("hibp", cursor=cursor)
    documents, reached = [], cursor
    async for each in source(place).ask(web, known or Known()):
        if isinstance(each, Reached):
            reached = each.cursor
        elif isinstance(each, Capture):
            documents.append(each)
    return documents, reached


def body(capture: Capture) -> str:
    return capture.body.open().read().decode()


async def test_a_look_asks_about_nobody(place: Site, out: Fetcher, pwned: Pwned) -> None:
    """`sources check` sees whether key and plan will do, and no range is asked for."""
    pwned.adds("Adobe", PEOPLE)
    assert await check_source(source(place), out.web("hibp")) == []
    assert pwned.ranges == []
    pwned.plan = False
    with pytest.raises(SourceError, match="IncludesKAnon"):
        await check_source(source(place), out.web("hibp"))
    with pytest.raises(FetchError, match="key is not accepted"):
        await check_source(source(place, "wrong"), out.web("hibp"))


async def test_the_rest_of_an_answer_is_dropped(place: Site, out: Fetcher, pwned: Pwned) -> None:
    """A document has hashes of ours, each on a line, and nothing of the strangers in the answers."""
    pwned.adds("Adobe", PEOPLE[:3], "Passwords")
    ((document,), _) = await asked(place, out)
    lines = body(document).splitlines()
    assert lines[0].startswith("salt ")
    assert sorted(lines[1:]) == sorted(f"sha1:{sha1(each)} in Adobe (2013)" for each in PEOPLE[:3])
    assert document.url.endswith("/PwnedWebsites")


async def test_guesses_cannot_be_tested_at_a_documents_digest(
    place: Site, out: Fetcher, pwned: Pwned
) -> None:
    """The store keeps the SHA-256 of a document in clear: of one address it is another each time."""
    pwned.adds("Adobe", PEOPLE[:1])
    ((one,), _), ((two,), _) = await asked(place, out), await asked(place, out)
    assert one.body.sha256 != two.body.sha256
    assert body(one).splitlines()[1:] == body(two).splitlines()[1:]


async def test_nothing_is_remembered_of_a_question(place: Site, out: Fetcher, pwned: Pwned) -> None:
    """Neither validator nor freshness of a range is kept: both would keep its address."""
    pwned.adds("Adobe", PEOPLE)
    web = out.web("hibp")
    async for _ in source(place).ask(web, Known()):
        pass
    assert {url.rpartition("/")[2] for url in web.validators} == {
        "latestbreach",
        "breaches",
        "status",
    }
    assert web.wait == 0.0


async def test_nobody_is_asked_about_without_news(place: Site, out: Fetcher, pwned: Pwned) -> None:
    """The newest breach decides: the same, one request; another, one round."""
    pwned.adds("Adobe", PEOPLE)
    _, cursor = await asked(place, out)
    before = len(place.asked)
    assert await asked(place, out, cursor) == ([], cursor)
    assert len(place.asked) == before + 1
    pwned.adds("Capstone", PEOPLE[:4], "Passwords", year=2026)
    documents, cursor = await asked(place, out, cursor)
    assert {each.ref.key for each in documents} == {"Capstone"}
    assert documents[-1].url.endswith("/Breach/Capstone")
    assert ": Email addresses / Passwords\n" in body(documents[-1])
    assert len(pwned.ranges) == 2 * len(PEOPLE)


async def test_a_name_cannot_break_its_line(place: Site, out: Fetcher, pwned: Pwned) -> None:
    """What a service calls a breach stays within the line and the address that it is given."""
    pwned.adds("A", [PEOPLE[0]])
    _, cursor = await asked(place, out)
    pwned.adds("B: x\nsha1:0/../..", [PEOPLE[0]], "C\nD")
    documents, _ = await asked(place, out, cursor)
    assert body(documents[0]).count("\n") == 2
    assert "/.." not in documents[0].url


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/breachedaccount/range/", {"StatusCode": 200}),
        ("/breachedaccount/range/", [{"suffix": "0" * 34, "breaches": []}]),
        ("/breaches", []),
        ("/latestbreach", {}),
    ],
)
async def test_another_form_is_no_good_news(
    place: Site, out: Fetcher, pwned: Pwned, path: str, said: object
) -> None:
    """An answer in another form makes the source sick; nobody is taken for safe by it."""
    pwned.adds("Adobe", PEOPLE)
    known = place.pages
    changed = {path + sha1(PEOPLE[0])[:6] if path.endswith("/") else path}

    class Changed(dict):  # type: ignore[type-arg]  # a page that answers otherwise
        def get(self, asked: str, default: object = None) -> object:
            if asked.removeprefix(API) in changed:
                return self._other
            return known.get(asked, default)

        async def _other(self, request: object) -> object:
            from aiohttp import web

            return web.Response(text=json.dumps(said), content_type="application/json")

    place.pages = Changed()
    with pytest.raises(SourceError, match="changed its form"):
        await asked(place, out, known=Known([PEOPLE[0]]))


def test_nobody_listens_on_the_way(place: Site) -> None:
    """Key and questions go through TLS, but for a service on this machine."""
    with pytest.raises(ConfigError, match="https"):
        HibpRange(name="hibp", key=Secret(KEY), url="http://haveibeenpwned.com/api/v3")
    assert KEY not in repr(source(place))


async def test_nothing_of_it_is_fetched(place: Site, out: Fetcher) -> None:
    """What came once cannot be had again by an address."""
    ref = Ref(source="hibp", key="Adobe", url=place.url("/Breach/Adobe"))
    with pytest.raises(FetchError):
        await source(place).fetch(out.web("hibp"), replace(ref))
