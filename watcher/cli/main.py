"""The group of commands, and what all of them share: which configuration, and as whom."""

from __future__ import annotations

import difflib
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli import account, codes, streams

if TYPE_CHECKING:
    from watcher.config.settings import Config


# \b keeps click from re-wrapping the lines
CODES = """\b
Exit codes: 0 nothing found, 1 something found, 2 usage or configuration,
3 something could not be read and nothing was found, 4 evidence or store
cannot be trusted, 70 programming error, 130 interrupted.
"""


class Lazy(click.Group):
    """A group whose commands are imported when one of them is called or listed."""

    PLACES = {  # noqa: RUF012  # click reads it, nobody writes it
        "init": "prepare",
        "enrol": "prepare",
        "scan": "scan",
        "run": "watch",
        "demo": "watch",
        "test": "watch",
        "alerts": "look",
        "show": "look",
        "sources": "sources",
        "verify": "look",
        "doctor": "look",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.PLACES:
            return None
        import importlib

        module = importlib.import_module(f"watcher.cli.{self.PLACES[cmd_name]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        near = difflib.get_close_matches(word, self.PLACES, n=1)
        if near and word not in self.PLACES:
            ctx.fail(f"No such command {word!r}; did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]}, epilog=CODES)
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file. Else $WATCHER_CONFIG, ./config.toml, /etc/watcher/config.toml.",
)
@click.option("--verbose", is_flag=True, help="Say every step on stderr.")
@click.version_option(package_name="leak-watcher", prog_name="watcher")
@click.pass_context
def group(ctx: click.Context, path: Path | None, *, verbose: bool) -> None:
    """Notices when the details of police officers and staff appear in public."""
    ctx.obj = {"path": path, "verbose": verbose}


def settings(
    ctx: click.Context, *, service: bool = False, secrets: bool = False, looking: bool = False
) -> Config:
    """
    The configuration this command is for; logging is set up and the user is right.

    A `service` logs what it does, as JSON unless a person is looking; a command
    logs only what went wrong. `secrets` are read by those who tell somebody.
    `looking`: the command loads no plug-in and hardly ever has anything to log.

    See `account` for as whom it goes on.
    """
    from watcher import config, log

    usual = "info" if service else "warning"
    log.setup(
        json=service and not sys.stderr.isatty(),
        level="debug" if ctx.obj["verbose"] else usual,
        at_once=not looking,
    )
    found = config.load(config.find(ctx.obj["path"], os.environ), secrets=secrets)
    account.become_owner(found.data)
    return found


def about_to_match() -> None:
    """
    Have the garbage collector look less often: matching makes many small objects that last.

    A list of strangers is read a fifth to a half faster for it.
    """
    gc.set_threshold(50_000, 20, 20)


def main() -> int:
    """The console script. Returns the exit code."""
    streams.prepare()
    return codes.run(lambda: group.main(prog_name="watcher", standalone_mode=False))
