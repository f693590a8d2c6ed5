"""
Telling: what the store owes to each target, one attempt each.

Whether to come back is said by `notify`, when is said by its schedule, and
both are written down before the next attempt. A card is rebuilt from the
store every time: nothing else of a finding exists. Each target has a queue of
its own: one that is slow or broken holds up itself alone.
"""

from __future__ import annotations

import asyncio

from watcher import log
from watcher.config.settings import Target
from watcher.errors import StoreError
from watcher.model import Delivery
from watcher.notify import Sent, next_attempt
from watcher.pipeline.patience import StoppedError, finished
from watcher.pipeline.road import Road
from watcher.store import Book

_log = log.get(__name__)

GRACE = 3.0  # seconds for the attempt in hand when the service is told to stop


async def deliver(road: Road) -> int:
    """Attempt every delivery that is due, target beside target. How many arrived."""
    names = await road.store.do(Book.owed_targets)
    return sum(await asyncio.gather(*(deliver_to(road, name) for name in names)))


async def deliver_to(
    road: Road, target: str, *, stop: asyncio.Event | None = None, grace: float = GRACE
) -> int:
    """
    Attempt every delivery that is due to this target, one after another. How many arrived.

    When `stop` is set the attempt in hand has `grace` seconds more. One that is
    given up then has not been made: it is owed as before, under the same id.
    """
    arrived, ending = 0, stop or asyncio.Event()
    await road.store.do(Book.close_digests, now=road.now(), target=target)
    for delivery in await road.store.do(Book.due, now=road.now(), target=target):
        if ending.is_set():
            break
        try:
            arrived += await finished(ending, _attempt(road, delivery), grace=grace)
        except StoreError:
            raise
        except StoppedError:
            break
        except Exception as problem:  # noqa: BLE001  # one delivery's fault must not hold up the next
            _log.error("delivery.fault", delivery=delivery.id, exc_info=problem)
            await _again(road, delivery, None, f"code failed with {type(problem).__name__}")
    return arrived


async def _attempt(road: Road, delivery: Delivery) -> bool:
    target = road.config.notify.targets.get(delivery.target)
    if target is None:
        reason = "the target is no longer in the configuration"
        await road.store.do(Book.bury, delivery.id, now=road.now(), reason=reason)
        _log.error("delivery.dead", delivery=delivery.id, target=delivery.target, reason=reason)
        return False
    sent = await _send(road, target, delivery)
    if sent.ok:
        await road.store.do(Book.delivered, delivery.id, now=road.now())
        _log.info("delivery.done", delivery=delivery.id, target=target.name, alert=delivery.alert)
        return True
    if sent.retry:
        await _again(road, delivery, sent.after, sent.said)
    else:
        await _bury(road, delivery, sent.said)
    return False


async def _send(road: Road, target: Target, delivery: Delivery) -> Sent:
    """One attempt to tell what this delivery is of: an alert, or a notice about the watcher."""
    _log.debug("delivery.sending", delivery=delivery.id, target=target.name)
    if delivery.alert.startswith("N-"):
        notice = await road.store.do(Book.notice, delivery.alert)
        assert notice is not None, "a delivery has its notice: the store keeps the reference"
        return await road.teller.notify(target, notice, delivery=delivery, now=road.now())
    row = await road.store.do(Book.alert, delivery.alert)
    assert row is not None, "a delivery has its alert: the store keeps the reference"
    digest = await road.store.do(Book.digest, delivery.id)
    return await road.teller.send(target, row, delivery=delivery, now=road.now(), digest=digest)


async def _again(road: Road, delivery: Delivery, after: float | None, reason: str) -> None:
    """Write down when this delivery is tried next, if it is."""
    now = road.now()
    due_at = next_attempt(delivery.attempts + 1, now=now, after=after, random=road.random)
    if due_at is None:
        await _bury(road, delivery, reason)
        return
    await road.store.do(Book.postpone, delivery.id, due_at=due_at, reason=reason)
    _log.warning("delivery.postponed", delivery=delivery.id, target=delivery.target, reason=reason)


async def _bury(road: Road, delivery: Delivery, reason: str) -> None:
    await road.store.do(Book.bury, delivery.id, now=road.now(), reason=reason)
    _log.error("delivery.dead", delivery=delivery.id, target=delivery.target, reason=reason)
