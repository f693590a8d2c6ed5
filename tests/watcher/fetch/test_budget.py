"""How often one host may be asked."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.fetch.site import Clock
from watcher.errors import REFUSED, UNREACHABLE, FetchError
from watcher.fetch.budget import REMEMBERED, Budget, SystemClock


def budget(clock: Clock, per_host: float = 1.0, chance: float = 0.0) -> Budget:
    return Budget(per_host, clock=clock, random=lambda: chance)


async def test_whoever_asks_waits_in_one_line() -> None:
    """The starts of any two requests to one host lie `per_host` apart, first come first served."""
    clock = Clock()
    shared = budget(clock, 30.0)
    starts: list[tuple[str, float]] = []

    async def source(name: str) -> None:
        await shared.turn("one.example")
        starts.append((name, clock.seconds))

    await asyncio.gather(*(source(name) for name in "abcd"))
    assert starts == [("a", 0.0), ("b", 30.0), ("c", 60.0), ("d", 90.0)]


async def test_hosts_do_not_wait_for_one_another() -> None:
    """Each host has its own pace."""
    clock = Clock()
    shared = budget(clock)
    for host in ("one.example", "two.example"):
        await shared.turn(host)
    assert clock.waits == []


async def test_a_long_hold_is_told_at_once_and_a_short_one_waited_for() -> None:
    """Beyond ten seconds nobody sits and waits: the error says how long, and that it is worth it."""
    clock = Clock()
    shared = budget(clock)
    assert shared.hold("one.example", 300.0) == 300.0
    with pytest.raises(FetchError) as caught:
        await shared.turn("one.example")
    assert (caught.value.retry, caught.value.after) == (True, 300.0)
    assert clock.waits == []
    clock.seconds = 292.0
    await shared.turn("one.example")
    assert clock.seconds == 300.0


async def test_whoever_is_kept_away_hears_what_the_host_did() -> None:
    """What troubles a source is what its host answered, not that we wait: `answered 429`."""
    shared = budget(Clock())
    shared.hold("one.example", 300.0, why="answered 429")
    with pytest.raises(
        FetchError, match=r"one\.example answered 429 and is left alone for another 300 s"
    ):
        await shared.turn("one.example")
    shared.restore("two.example", 300.0, "refused")
    with pytest.raises(FetchError, match=r"two\.example asked to be left alone for another 300 s"):
        await shared.turn("two.example")


async def test_a_hold_that_falls_while_waiting_in_line_counts() -> None:
    """Whoever waits when a host says stop is told, and does not ask."""
    clock = Clock()
    shared = budget(clock, 5.0)
    await shared.turn("one.example")
    waiting = asyncio.create_task(shared.turn("one.example"))
    await asyncio.sleep(0)
    shared.hold("one.example", 600.0)
    with pytest.raises(FetchError):
        await waiting


def test_without_a_word_the_hold_doubles_up_to_an_hour_and_success_ends_it() -> None:
    """60 s, 120 s, … 3600 s; after a success the next is 60 s again. Jitter only lengthens."""
    clock = Clock()
    shared = budget(clock)
    holds = []
    for _ in range(8):
        holds.append(shared.hold("one.example", None))
        clock.seconds += holds[-1]
    assert holds == [60.0, 120.0, 240.0, 480.0, 960.0, 1920.0, 3600.0, 3600.0]
    shared.answered("one.example")
    assert shared.hold("one.example", None) == 60.0
    assert budget(clock, chance=0.999).hold("one.example", None) == pytest.approx(75.0, abs=0.1)


@settings(max_examples=50)
@given(st.lists(st.none() | st.floats(0, 1e6), min_size=1, max_size=12))
def test_an_error_never_shortens_a_hold(asked: list[float | None]) -> None:
    """Whatever follows, a host is not asked earlier than it said, nor later than a day on."""
    shared = budget(Clock())
    longest = 0.0
    for after in asked:
        held = shared.hold("one.example", after)
        assert held >= longest
        assert held <= 86_400
        longest = held


async def test_the_longest_pace_that_anybody_asks_for_holds_for_all() -> None:
    """A source's own, and the host's up to two minutes; never shorter than `per_host`."""
    clock = Clock()
    shared = budget(clock, 5.0)
    await shared.turn("one.example", pace=2.0)
    await shared.turn("one.example", pace=20.0)
    await shared.turn("one.example")
    shared.slow("one.example", 9999.0)
    await shared.turn("one.example")
    await shared.turn("two.example")
    assert clock.waits == [20.0, 20.0, 120.0]


async def test_a_slow_host_is_asked_as_slowly() -> None:
    """One request at a time is on its way; when it is quick again the pace comes back by halves."""
    clock = Clock()
    shared = budget(clock)
    for seconds in (8.0, 8.0, 0.0, 0.0, 0.0, 0.0, 99.0):
        await shared.turn("one.example")
        shared.answered("one.example", seconds)
    await shared.turn("one.example")
    assert clock.waits == [8.0, 8.0, 4.0, 2.0, 1.0, 1.0, 30.0]


async def test_who_fails_again_and_again_rests() -> None:
    """The delay doubles; from the fifth failure in a row on nobody asks for a minute, at most five."""
    clock = Clock()
    shared = budget(clock)
    for _ in range(4):
        await shared.turn("one.example")
        shared.failed("one.example")
    assert clock.waits == [2.0, 4.0, 8.0]
    rests = []
    for _ in range(5):
        clock.seconds += 1000
        await shared.turn("one.example")
        shared.failed("one.example")
        with pytest.raises(FetchError, match="in a row") as caught:
            await shared.turn("one.example")
        assert (caught.value.kind, caught.value.status) == (UNREACHABLE, None)
        rests.append(caught.value.after)
    assert rests == [60.0, 120.0, 240.0, 300.0, 300.0]
    for well in (shared.answered, shared.declined):
        clock.seconds += 1000
        well("one.example")
        shared.failed("one.example")
        await shared.turn("one.example")


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["failed", "declined"]) | st.floats(0, 100), max_size=20))
async def test_an_error_never_shortens_the_pace(answers: list[str | float]) -> None:
    """Whatever was before; one that answers with an error is no quicker for it."""
    clock = Clock()
    shared = budget(clock)
    for seconds in answers:
        before = shared._entry("one.example").delay
        if isinstance(seconds, str):
            (shared.failed if seconds == "failed" else shared.declined)("one.example")
            assert shared._entry("one.example").delay >= before
        else:
            shared.answered("one.example", seconds)
        assert shared._entry("one.example").delay <= 30.0


async def test_without_a_pace_nothing_is_slowed() -> None:
    """0 is said of a host of one's own."""
    clock = Clock()
    shared = budget(clock, 0.0)
    shared.answered("one.example", 9.0)
    shared.failed("one.example")
    await shared.turn("one.example")
    await shared.turn("one.example")
    assert clock.waits == []


async def test_a_wish_outlives_who_heard_it() -> None:
    """It is told of until it is kept, as long as it lasts, and holds where it is brought back to."""
    clock = Clock()
    shared = budget(clock)
    shared.hold("one.example", 600.0, kind=REFUSED)
    shared.hold("two.example", 5.0)
    clock.seconds += 100
    asked = shared.asked()
    assert asked == shared.asked() == {"one.example": (500.0, REFUSED)}
    shared.hold("one.example", 900.0, kind=REFUSED)
    shared.remembered(asked)
    assert shared.asked() == {"one.example": (900.0, REFUSED)}, "it asked for more meanwhile"
    shared.remembered(shared.asked())
    assert shared.asked() == {}
    other = budget(clock)
    other.restore("one.example", 500.0, REFUSED)
    with pytest.raises(FetchError) as caught:
        await other.turn("one.example")
    assert (caught.value.after, caught.value.kind) == (500.0, REFUSED)
    assert other.asked() == {}


async def test_hosts_that_owe_nothing_are_forgotten() -> None:
    """Months of hosts do not stay in memory, and a hold outlives the forgetting."""
    clock = Clock()
    shared = budget(clock)
    shared.hold("held.example", 86_400.0)
    shared.restore("restored.example", 86_400.0, REFUSED)
    for number in range(3 * REMEMBERED):
        await shared.turn(f"{number}.example")
        clock.seconds += 2.0
    assert len(shared._hosts) <= REMEMBERED
    for host in ("held.example", "restored.example"):
        with pytest.raises(FetchError):
            await shared.turn(host)


async def test_the_system_clock_goes_forward() -> None:
    """Aware in UTC, monotonic, and it does come back from a wait."""
    clock = SystemClock()
    before = clock.monotonic()
    await clock.wait(0)
    assert clock.monotonic() >= before
    assert clock.now().utcoffset() is not None


async def test_a_request_that_left_later_than_its_turn_is_counted_from_then() -> None:
    """What the host sees is when a request leaves: between two of them lies `per_host`."""
    clock = Clock()
    shared = budget(clock, 30.0)
    await shared.turn("one.example")
    clock.seconds = 7.0
    shared.sent("one.example")
    await shared.turn("one.example")
    assert clock.seconds == 37.0
