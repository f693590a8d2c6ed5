"""What of a publisher's document is the page that everybody sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.watcher.conftest import Built
from tests.world import World
from watcher.model import Body, Capture, Part, Ref, Severity
from watcher.pipeline import take
from watcher.pipeline.page import is_publication, is_shown

PUBLISHERS = {"force": ("www.force.example/news",)}


def page(
    body: str, url: str = "https://www.force.example/news/1", kind: str = "text/html"
) -> Capture:
    return Capture(
        ref=Ref(source="test", key=url, url=url),
        taken_at=datetime(2024, 5, 1, tzinfo=UTC),
        url=url,
        body=Body(body.encode()),
        headers=(("Content-Type", f"{kind}; charset=utf-8"),),
    )


@pytest.mark.parametrize(
    ("url", "kind", "is_one"),
    [
        ("https://www.force.example/news/1", "text/html", True),
        ("https://www.force.example/news/1", "Application/XHTML+xml", True),
        ("https://www.force.example/news/list.csv", "text/csv", False),
        ("https://www.force.example/news/list.txt", "text/plain", False),
        ("https://www.force.example/files/1", "text/html", False),
    ],
)
def test_a_publication_is_a_page_of_a_listed_place(url: str, kind: str, *, is_one: bool) -> None:
    """Files that it links to are not."""
    assert is_publication(page("", url, kind), PUBLISHERS) is is_one
    assert not is_publication(page("", url, kind), {})


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (Part(where="", text=""), True),
        (Part(where="table 2", text="", table=True), True),
        (Part(where="table 2", text="", table=True, hidden=True), False),
        (Part(where="hidden text", text="", hidden=True), False),
        (Part(where="raw", text="", echo=True), False),
        (Part(where="raw, beyond what was parsed", text=""), False),
        (Part(where="", text="", table=True), False),
        (Part(where="Sheet1", text="", table=True, cells=True), False),
        (Part(where="list.zip!/a.html", text=""), False),
    ],
)
def test_only_what_a_visitor_sees_is_the_page(part: Part, *, shown: bool) -> None:
    assert is_shown(part) is shown


async def test_our_own_honours_page_is_asked_about(world: World, built: Built) -> None:
    """Genuinely our people, so chance cannot tell: medium, and named so. Elsewhere, or with more, it counts."""
    honours = "".join(f"<li>{row['forename']} {row['surname']}</li>" for row in world.rows[:30])
    numbers = "".join(
        f"<li>{row['forename']} {row['surname']} {row['pay_number']}</li>"
        for row in world.rows[:30]
    )
    async with built('[publishers]\nforce = ["www.force.example/news"]\n') as road:
        own = await take(road, page(f"<html><h1>Honours</h1><ul>{honours}</ul>"), keep=False)
        pay = await take(road, page(f"<html><h1>Honours</h1><ul>{numbers}</ul>"), keep=False)
        hidden = await take(
            road, page(f"<html><p>Welcome.</p><div hidden><ul>{honours}</ul></div>"), keep=False
        )
        elsewhere = await take(
            road, page(f"<html><ul>{numbers}</ul>", "https://paste.example/news/1"), keep=False
        )
    assert own.finding
    assert (own.finding.severity, own.finding.rule) == (Severity.MEDIUM, "publication")
    assert own.finding.title.startswith("Own publication, intended? List of")
    for taken in (pay, elsewhere):
        assert taken.finding
        assert taken.finding.severity is Severity.CRITICAL
    assert hidden.finding
    assert (hidden.finding.severity, hidden.finding.rule) == (Severity.HIGH, "list")
