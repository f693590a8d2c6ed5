"""
The force's side: a configuration, a key, an index; and no roster left behind.

Everything is made with the code behind `watcher init` and `watcher enrol`.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from watcher import init, keys, registry
from watcher.config import private
from watcher.config.load import load
from watcher.config.settings import Config
from watcher.demo.pages import ARCHIVE, FEED, LISTING
from watcher.demo.receiver import PREFIX
from watcher.demo.roster import DOMAIN, csv_of
from watcher.enrol import Report, enrol, read_roster
from watcher.store import Book

EVERY = 2  # seconds between two visits to a place
SOURCES = ("pastes", "foi", "board")

TEXT = """\
# Written by `watcher demo`. `watcher init` writes one that explains every key.

[store]
directory = "data"

[key]
file = "{key}"

[evidence]
custodians = ["{custodian}"]

[watch]
domains = ["{domain}"]

[network]
contact = "demo@{domain}"
allow_private = ["127.0.0.1"]  # the demo's site and chat; a real one is never private
per_host = "0s"                # for the same reason; leave a real host a second between requests

[sources.pastes]
kind = "listing"
every = "{every}s"
url = "{site}{archive}"
item = "table.archive a"
key = "/pastes/([0-9a-f]+)$"
raw = "{site}/pastes/raw/{{key}}"
expect = ["Public pastes"]

[sources.foi]
kind = "feed"
every = "{every}s"
url = "{site}{feed}"

[sources.board]
kind = "json"
every = "{every}s"
url = "{site}{listing}"
items = "posts"
key = "key"
link = "link"

[notify.targets.chat]
kind = "webhook"
url = {{ file = "chat-address" }}
secret = {{ file = "chat-secret" }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What was set up. `private_key`: the custodian's private half, which a real machine would not have."""

    config: Config
    private_key: Path
    report: Report


def secret() -> str:
    """A new secret for a signed webhook, as Standard Webhooks writes one."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


async def setting(
    directory: Path,
    rows: Sequence[Mapping[str, str]],
    *,
    site: str,
    hook: str,
    signed_with: str,
) -> Setting:
    """
    Set up in this directory, enrol these people, and leave no roster.

    `site` is the address of the demo's site, `hook` the receiver's. Raises
    ConfigError where something is in the way, as `watcher init` does.
    """
    created = init.create(directory, custodians=[], home=directory / "home")
    assert created.private_key is not None, "without a custodian a pair is made"
    private.write_new(directory / "chat-address", hook.encode())
    private.write_new(directory / "chat-secret", signed_with.encode())
    text = TEXT.format(
        key=created.key,
        custodian=created.custodians[0],
        domain=DOMAIN,
        site=site,
        every=EVERY,
        archive=ARCHIVE,
        feed=FEED,
        listing=LISTING,
    )
    created.config.write_text(text, encoding="utf-8")
    config = load(created.config, {})
    return Setting(
        config=config,
        private_key=created.private_key,
        report=await _enrolled(config, directory / "roster.csv", rows),
    )


async def _enrolled(config: Config, path: Path, rows: Sequence[Mapping[str, str]]) -> Report:
    """Write the roster, enrol it, and delete it whatever happens."""
    private.write_new(path, csv_of(rows))
    try:
        now = datetime.now(UTC)
        roster = await read_roster(path, limits=config.read)
        with Book.open(config.store, create=True) as book:
            report = enrol(
                config,
                roster,
                master=keys.load(config.key, config.data, {}),
                matchers=registry.matchers(config.matching.matchers, config.watch),
                index_version=book.index_version(),
                dry_run=False,
                shrink=False,
                now=now,
            )
            book.set_index(report.version, people=report.people, now=now)
    finally:
        path.unlink()  # noqa: ASYNC240  # one small file, and nothing else is waiting
    return report
