"""`run`, `test` and `demo`: the commands that watch, or show that watching works."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli import codes, output
from watcher.cli.main import about_to_match, settings
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.config.settings import Config


@click.command()
@click.pass_context
def run(ctx: click.Context) -> int:
    """Watch: the daemon, until SIGTERM or Ctrl-C."""
    config = settings(ctx, service=True, secrets=True)
    about_to_match()
    return asyncio.run(_run(config))


async def _run(config: Config) -> int:
    """Until a stop; SIGHUP reads the configuration anew and keeps the old one if it is bad."""
    from watcher.config import load
    from watcher.daemon import serve

    stop, reload = asyncio.Event(), asyncio.Event()
    code = codes.CLEAN

    def interrupted() -> None:
        nonlocal code
        code = codes.INTERRUPTED
        stop.set()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGINT, interrupted)
    loop.add_signal_handler(signal.SIGHUP, reload.set)
    await serve(
        config, again=lambda: load(config.path), stop=stop, reload=reload, environ=os.environ
    )
    return code


@click.command("test", short_help="Send a harmless card to every target.")
@click.option("--notify", is_flag=True, required=True, help="Send a harmless card to every target.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_context
def test(ctx: click.Context, *, notify: bool, as_json: bool) -> int:
    """Send a harmless card to every target and say what each answered."""
    assert notify
    config = settings(ctx, secrets=True)
    if not config.notify.targets:
        raise ConfigError(f"{config.path}: notify.targets: there is none to send a card to")
    return asyncio.run(_send_test_cards(config, as_json=as_json))


async def _send_test_cards(config: Config, *, as_json: bool) -> int:
    from datetime import UTC, datetime

    from watcher.notify import Teller

    console = output.out()
    worst = codes.CLEAN
    async with Teller(config.network, config.notify) as teller:
        for target in config.notify.targets.values():
            began = time.monotonic()
            sent = await teller.test(target, now=datetime.now(UTC))
            seconds = time.monotonic() - began
            if as_json:
                output.line(
                    {
                        "type": "test",
                        "target": target.name,
                        "kind": target.kind,
                        "ok": sent.ok,
                        "said": sent.said,
                        "seconds": round(seconds, 3),
                    }
                )
            else:
                verdict = "sent a test card" if sent.ok else "FAILED"
                words = f"{target.name} ({target.kind}): {verdict} · {sent.said} · {seconds:.1f} s"
                console.print(output.clean(words), markup=False)
            if not sent.ok:
                worst = codes.UNREAD
    return worst


@click.command(short_help="Show the whole road with a synthetic leak.")
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed, another leak.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Work in this new folder and leave everything there.",
)
def demo(seed: int, keep: Path | None) -> int:
    """Show the whole road on a local site with a synthetic leak. Takes seconds."""
    return asyncio.run(_demo(seed, keep))


async def _demo(seed: int, keep: Path | None) -> int:
    """SIGTERM ends it as Ctrl-C does: its temporary directory goes with it."""
    from watcher.demo import run as tell

    terminated = False
    task = asyncio.current_task()
    assert task is not None

    def terminate() -> None:
        nonlocal terminated
        terminated = True
        task.cancel()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminate)
    try:
        return await tell(seed=seed, keep=keep, out=output.out())
    except asyncio.CancelledError:
        if terminated:
            return codes.TERMINATED
        raise
