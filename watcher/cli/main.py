"""The group of commands, and what all of them share: which configuration, and as whom."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watcher.cli import codes

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
        "scan": "watch",
        "run": "watch",
        "demo": "watch",
        "test": "watch",
        "alerts": "look",
        "show": "look",
        "sources": "look",
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


def settings(ctx: click.Context, *, service: bool = False, secrets: bool = False) -> Config:
    """
    The configuration this command is for; logging is set up and the user is right.

    A `service` logs what it does, as JSON unless a person is looking; a command
    logs only what went wrong. `secrets` are read by those who tell somebody.

    A command run as root on another user's data directory becomes that user
    first, so that the service can still write its own files afterwards.
    """
    from watcher import config, log

    usual = "info" if service else "warning"
    log.setup(
        json=service and not sys.stderr.isatty(),
        level="debug" if ctx.obj["verbose"] else usual,
    )
    found = config.load(config.find(ctx.obj["path"], os.environ), secrets=secrets)
    _become_owner(found.data)
    return found


def _become_owner(data: Path) -> None:
    if os.geteuid() != 0 or not data.is_dir():
        return
    owner = data.stat()
    if owner.st_uid == 0:
        return
    name = pwd.getpwuid(owner.st_uid).pw_name
    os.initgroups(name, owner.st_gid)
    os.setgid(owner.st_gid)
    os.setuid(owner.st_uid)


def main() -> int:
    """The console script. Returns the exit code."""
    return codes.run(lambda: group.main(prog_name="watcher", standalone_mode=False))
