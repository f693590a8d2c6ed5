"""Telling: what is owed arrives, or is seen not to."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

from aiohttp import web

from tests.watcher.conftest import Built, Now
from tests.watcher.fetch.site import Site
from tests.watcher.given import PATIENCE, capture
from tests.world import World, leaked_csv
from watcher.model import Notice, Severity
from watcher.pipeline import Road, deliver, deliver_to, take
from watcher.store import Book


def target(world: World, place: Site, kind: str = "mattermost") -> str:
    url = world.secret("hook", place.url("/hook"))
    return f'[notify.targets.ops]\nkind = "{kind}"\nurl = {{ file = "{url}" }}\n'


async def raised(road: Road, world: World) -> None:
    taken = await take(road, capture(road, leaked_csv(world.rows[:50])))
    await road.store.do(Book.settle, taken.outcome, now=road.now(), targets=road.severities)


async def test_a_target_that_fails_is_told_later(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """500 twice, then 200: one message arrives, with nothing said before it was due."""
    async with built(target(world, place)) as road:
        await raised(road, world)
        place.says("/hook", status=500)
        assert await deliver(road) == 0
        assert await deliver(road) == 0
        assert len(place.asked) == 1, "not due yet"
        now.passes(timedelta(minutes=1))
        assert await deliver(road) == 0
        place.says("/hook", status=200)
        now.passes(timedelta(hours=1))
        assert await deliver(road) == 1
        assert await deliver(road) == 0
        assert len(place.asked) == 3
        assert await road.store.do(Book.owed) == 0


async def test_a_stop_ends_the_telling_and_leaves_what_was_not_told_owed(
    world: World, built: Built, place: Site
) -> None:
    """A target that hangs is given up, the next is not begun, and neither has been tried."""
    stop, asked = asyncio.Event(), 0

    async def hangs(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        stop.set()
        return await asyncio.Future()

    place.pages["/hook"] = hangs
    async with built(target(world, place)) as road:
        await raised(road, world)
        notice = Notice(kind="disk", state="low", severity=Severity.HIGH, title="x", at=road.now())
        await road.store.do(Book.report, notice, targets=road.severities)
        assert await deliver_to(road, "ops", stop=stop, grace=0.0) == 0
        assert await deliver_to(road, "ops", stop=stop, grace=0.0) == 0
        due = await road.store.do(Book.due, now=road.now(), target="ops")
        assert [each.attempts for each in due] == [0, 0]
        assert asked == 1


async def test_a_stop_falls_between_two_deliveries(world: World, built: Built, place: Site) -> None:
    """The one in hand arrives; the next is not begun, however quick the target is."""
    stop = asyncio.Event()

    async def takes(request: web.Request) -> web.StreamResponse:
        stop.set()
        return web.Response()

    place.pages["/hook"] = takes
    async with built(target(world, place)) as road:
        await raised(road, world)
        notice = Notice(kind="disk", state="low", severity=Severity.HIGH, title="x", at=road.now())
        await road.store.do(Book.report, notice, targets=road.severities)
        assert await deliver_to(road, "ops", stop=stop, grace=PATIENCE) == 1
        assert len(await road.store.do(Book.due, now=road.now(), target="ops")) == 1


async def test_a_target_that_is_gone_from_the_configuration_is_seen(
    world: World, built: Built, place: Site
) -> None:
    """Its delivery becomes a dead letter that says why, and does not stay due for ever."""
    async with built(target(world, place)) as road:
        taken = await take(road, capture(road, leaked_csv(world.rows[:50])))
        await road.store.do(
            Book.settle,
            taken.outcome,
            now=road.now(),
            targets={"old": min(road.severities.values())},
        )
        assert await deliver(road) == 0
        (letter,) = await road.store.do(Book.dead)
        assert letter.target == "old"
        assert "configuration" in letter.reason
        assert place.asked == []


async def test_a_410_is_not_asked_again(world: World, built: Built, place: Site, now: Now) -> None:
    """The target wants no more of this: a dead letter after one request."""
    async with built(target(world, place)) as road:
        await raised(road, world)
        place.says("/hook", status=410)
        await deliver(road)
        now.passes(timedelta(days=2))
        await deliver(road)
        assert len(place.asked) == 1
        assert len(await road.store.do(Book.dead)) == 1


async def test_a_card_says_how_many_and_not_who(world: World, built: Built, place: Site) -> None:
    """What is sent holds no name, number, address or ref of those it is about."""
    async with built(target(world, place)) as road:
        await raised(road, world)
        bodies: list[bytes] = []

        async def take_body(request: object) -> object:
            from aiohttp import web

            assert isinstance(request, web.BaseRequest)
            bodies.append(await request.read())
            return web.Response()

        place.pages["/hook"] = take_body  # type: ignore[assignment]  # any coroutine of a request will do
        assert await deliver(road) == 1
        (body,) = bodies
        text = json.dumps(json.loads(body), ensure_ascii=False)
        for row in world.rows[:50]:
            for field in ("ref", "surname", "pay_number", "email"):
                assert row[field] not in text
        assert "50" in text


async def test_a_notice_is_delivered_like_an_alert(
    world: World, built: Built, place: Site, now: Now
) -> None:
    """From the same outbox: it fails, is tried again, arrives once, and says that it is no leak."""
    async with built(target(world, place)) as road:
        notice = Notice(
            kind="source", subject="pastes", state="blind", severity=Severity.MEDIUM,
            title="source pastes is blind", at=now(),
        )  # fmt: skip
        assert await road.store.do(Book.report, notice, targets=road.severities) == "N-1"
        place.says("/hook", status=500)
        assert await deliver(road) == 0
        bodies: list[bytes] = []

        async def take_body(request: object) -> object:
            from aiohttp import web

            assert isinstance(request, web.BaseRequest)
            bodies.append(await request.read())
            return web.Response()

        place.pages["/hook"] = take_body  # type: ignore[assignment]  # any coroutine of a request will do
        now.passes(timedelta(minutes=1))
        assert await deliver(road) == 1
        assert await deliver(road) == 0
        (body,) = bodies
        assert b"no leak was found" in body
        assert b"pastes" in body
