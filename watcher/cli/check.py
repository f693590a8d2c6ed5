"""`sources check`: one visit of which nothing is stored, and what it saw."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import click

from watcher.cli import codes, output, presets
from watcher.cli.main import settings
from watcher.errors import ConfigError, FetchError, ReadError, SourceError
from watcher.model import Reached, Ref

if TYPE_CHECKING:
    from watcher.config.settings import Config

MOST = 1000  # items listed by a check
SHOWN = 5
PAGES = 3  # items whose pages a check searches for files
# What a source advises whoever meets its trouble elsewhere.
_ADVICE = re.compile(r"[;,]? *`watcher sources check [^`]*` shows what is there")


@dataclass(slots=True)
class Checked:
    """
    What one visit saw. `size`: bytes of the first document, None if it was not fetched.

    `files`: what is behind the first documents, where the source looks for that.
    """

    items: list[Ref] = field(default_factory=list)
    size: int | None = None
    files: list[tuple[Ref, ...]] = field(default_factory=list)
    trouble: str = ""


@click.command("check")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def check(ctx: click.Context, name: str, *, as_json: bool) -> int:
    """Fetch once, store none of it, and say what was found and which marker is missing."""
    from watcher.config.address import near

    config = settings(ctx, secrets=True)
    if name not in config.sources:
        raise ConfigError(
            f"{config.path}: no source is named {output.clean(name)!r}{near(name, config.sources)}"
        )
    preset = presets.allowed(config.path, config.sources[name])
    checked = asyncio.run(_check(config, name))
    if not checked.trouble:
        _look_again(config, name)
    trouble = _ADVICE.sub("", checked.trouble)
    table = config.sources[name]
    look = presets.look(preset, table) if preset and (trouble or not preset.verified) else ()
    if as_json:
        for ref in checked.items:
            output.line({"type": "item", "key": ref.key, "url": ref.url})
        for ref in chain.from_iterable(checked.files):
            output.line({"type": "file", "key": ref.key, "url": ref.url})
        output.line(
            {
                "type": "check",
                "source": name,
                "listed": len(checked.items),
                "fetched": checked.size,
                "files": [len(each) for each in checked.files],
                "trouble": trouble,
                "look": list(look),
            }
        )
        return codes.UNREAD if trouble else codes.CLEAN
    lines = [f"{name}: listed {output.many(len(checked.items), 'item')}"]
    lines += [f"  {ref.key}  {ref.url}" for ref in checked.items[:SHOWN]]
    if checked.size is not None:
        lines.append(f"  fetched the first: {output.many(checked.size, 'byte')}")
    if checked.files:
        counts = ", ".join(str(len(each)) for each in checked.files)
        pages = output.many(len(checked.files), "page")
        lines.append(f"  files behind the first {pages}: {counts}")
        lines += [f"    {ref.url}" for ref in list(chain.from_iterable(checked.files))[:SHOWN]]
    lines.append(f"  trouble: {trouble}" if trouble else "  every marker is there")
    if look:
        unverified = presets.verified(preset) is False
        lines.append("  unverified: look at" if unverified else "  look at")
        lines += [f"    {each}" for each in look]
    for line in lines:
        output.out().print(output.clean(line), markup=False, soft_wrap=True)
    return codes.UNREAD if trouble else codes.CLEAN


def _look_again(config: Config, name: str) -> None:
    """Somebody looked and the place is there: if it had said that it is gone, it is visited again."""
    from watcher.store import Book

    if config.store.exists():
        with Book.open(config.store) as book:
            if book.place(name).gone:
                book.learned(name)


async def _check(config: Config, name: str) -> Checked:
    from watcher import registry
    from watcher.fetch import Fetcher
    from watcher.read import Readers

    source = registry.source(config.sources[name], config.path)
    checked = Checked()
    first: list[Ref] = []
    searched = bool(getattr(source, "files", ""))
    async with (
        Readers(config.read) as readers,
        Fetcher(config.network, readers.ask, sources=config.sources) as fetcher,
    ):
        try:
            async for item in source.discover(fetcher.web(name)):
                if isinstance(item, Reached):
                    break  # a stream would go on for ever
                checked.items.append(item if isinstance(item, Ref) else item.ref)
                if isinstance(item, Ref) and len(first) < (PAGES if searched else 1):
                    first.append(item)
                if len(checked.items) >= MOST:
                    break
        except (SourceError, FetchError, ReadError) as problem:
            checked.trouble = str(problem)
        for ref in () if checked.trouble else first:
            try:
                capture = await source.fetch(fetcher.web(name), ref)
            except FetchError as problem:
                which = "the first item" if checked.size is None else "an item"
                checked.trouble = f"{which} cannot be fetched: {problem}"
                break
            if checked.size is None:
                checked.size = capture.body.size
            if searched:
                checked.files.append(capture.files)
    return checked
