"""
Telling: what the store owes to each target, one attempt each.

Whether to come back is said by `notify`, when is said by its schedule, and
both are written down before the next attempt. A card is rebuilt from the
store every time: nothing else of a finding exists.
"""

from __future__ import annotations

import asyncio
import random

from watcher import log
from watcher.model import Delivery
from watcher.notify import next_attempt
from watcher.pipeline.road import Road
from watcher.store import Book

_log = log.get(__name__)
_random = random.Random()  # noqa: S311  # spreads retries, guards nothing


async def deliver(road: Road) -> int:
    """Attempt every delivery that is due, target beside target. How many arrived."""
    queues: dict[str, list[Delivery]] = {}
    for delivery in await road.store.do(Book.due, now=road.now()):
        queues.setdefault(delivery.target, []).append(delivery)
    return sum(await asyncio.gather(*(_queue(road, queue) for queue in queues.values())))


async def _queue(road: Road, queue: list[Delivery]) -> int:
    """One target's deliveries, one after another: a slow target holds up itself alone."""
    return sum([await _attempt(road, delivery) for delivery in queue])


async def _attempt(road: Road, delivery: Delivery) -> bool:
    target = road.config.notify.targets.get(delivery.target)
    if target is None:
        reason = "the target is no longer in the configuration"
        await road.store.do(Book.bury, delivery.id, now=road.now(), reason=reason)
        return False
    row = await road.store.do(Book.alert, delivery.alert)
    assert row is not None, "a delivery has its alert: the store keeps the reference"
    _log.debug("delivery.sending", delivery=delivery.id, target=target.name)
    sent = await road.teller.send(target, row, delivery=delivery, now=road.now())
    if sent.ok:
        await road.store.do(Book.delivered, delivery.id, now=road.now())
        _log.info("delivery.done", delivery=delivery.id, target=target.name, alert=delivery.alert)
        return True
    due_at = (
        next_attempt(delivery.attempts + 1, now=road.now(), after=sent.after, random=_random)
        if sent.retry
        else None
    )
    if due_at is None:
        await road.store.do(Book.bury, delivery.id, now=road.now(), reason=sent.said)
        _log.error("delivery.dead", delivery=delivery.id, target=target.name, reason=sent.said)
    else:
        await road.store.do(Book.postpone, delivery.id, due_at=due_at, reason=sent.said)
        _log.warning(
            "delivery.postponed", delivery=delivery.id, target=target.name, reason=sent.said
        )
    return False
