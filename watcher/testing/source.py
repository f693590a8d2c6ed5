"""
The contract of a source, checked: what the house relies on and cannot see.

A plug-in's own tests call `check_source` with a `Web` of their own or the real
one; ours use it too.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from itertools import islice

from watcher.api import Capture, PluginError, Reached, Ref, Source, Web

LONGEST_KEY = 500  # characters


async def check_source(
    source: Source,
    web: Web,
    *,
    window: Callable[[], Web] | None = None,
    fetched: int = 3,
    listed: int = 10_000,
) -> list[Ref | Capture]:
    """
    Visit the source once, and give back all that it lists.

    The first `fetched` refs are fetched, each through a `window` of its own if
    one is given. At most `listed` are taken from a stream that does not end.
    Raises PluginError that says which promise is broken, and what the source
    itself raises.
    """
    _named(source)
    found: list[Ref | Capture] = []
    keys: set[str] = set()
    stream = source.discover(web)
    if inspect.iscoroutine(stream):
        stream.close()
        raise PluginError("discover: must be an asynchronous generator (`async def` with `yield`)")
    async for each in stream:
        if isinstance(each, Reached):
            if not isinstance(each.cursor, str):
                raise PluginError("discover: `Reached` carries its cursor as text")
            continue
        ref = _listed(source, each)
        if ref.key in keys:
            raise PluginError("discover: two items have the same key; only one would be read")
        keys.add(ref.key)
        found.append(each)
        if len(found) >= listed:
            break
    if isinstance(stream, AsyncGenerator):
        await stream.aclose()  # one that does not end still lets go of what it holds
    refs = (each for each in found if isinstance(each, Ref))
    for ref in islice(refs, fetched):
        capture = await source.fetch(window() if window else web, ref)
        if not isinstance(capture, Capture):
            raise PluginError(f"fetch: must return a Capture, not {type(capture).__name__}")
        if capture.ref != ref:
            raise PluginError("fetch: the capture must carry the ref that was asked for")
        for file in capture.files:
            _ref(source, file, "fetch: a file")
        _dated(capture, "fetch")
    return found


def _named(source: Source) -> None:
    name = getattr(source, "name", None)
    if not (isinstance(name, str) and name):
        raise PluginError("name: a source must carry the name it was given")
    every = getattr(source, "every", None)
    if not (isinstance(every, timedelta) and every > timedelta()):
        raise PluginError("every: must be a timedelta longer than nothing")


def _listed(source: Source, each: Ref | Capture) -> Ref:
    if not isinstance(each, Ref | Capture):
        raise PluginError(f"discover: yields Ref or Capture, not {type(each).__name__}")
    if isinstance(each, Capture):
        _dated(each, "discover")
        for file in each.files:
            _ref(source, file, "discover: a file")
    return _ref(source, each if isinstance(each, Ref) else each.ref, "discover: a ref")


def _ref(source: Source, ref: Ref, what: str) -> Ref:
    """The ref itself; raises PluginError, which begins with `what`, where it is not sound."""
    if ref.source != source.name:
        raise PluginError(f"{what} must carry the source's own name")
    if not (isinstance(ref.key, str) and ref.key):
        raise PluginError(f"{what} needs a key that is not empty")
    if len(ref.key) > LONGEST_KEY:
        raise PluginError(f"{what} needs a key of at most {LONGEST_KEY} characters")
    if not (isinstance(ref.url, str) and ref.url):
        raise PluginError(f"{what} needs an address")
    return ref


def _dated(capture: Capture, where: str) -> None:
    if capture.taken_at.tzinfo is None:
        raise PluginError(f"{where}: `taken_at` must say its time zone")
