"""`sources list --available` and `sources add`: which well-known places there are, and one of them added."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watcher.cli import codes, output
from watcher.errors import ConfigError

if TYPE_CHECKING:
    from watcher.config.presets import Preset
    from watcher.config.settings import SourceTable


def show(*, as_json: bool) -> int:
    """All presets: what each is, and what it needs."""
    from watcher.config import presets

    found = list(presets.available().values())
    if as_json:
        for preset in found:
            output.line(_object(preset))
        return codes.CLEAN
    rows = [
        (each.name, each.verdict, each.state, ", ".join(each.needs) or "–", each.about)
        for each in found
    ]
    output.listing(output.out(), ("preset", "verdict", "state", "needs", "what it is"), rows)
    output.err().print(
        "Y ready · P needs leave or a key · F followed only, from documents that name it.\n"
        "unverified: nobody has recorded an answer of the place; check it before it is switched on.\n"
        "any place: whichever is given; checked before it is switched on as well.",
        markup=False,
    )
    return codes.CLEAN


def of(table: SourceTable) -> Preset | None:
    """The preset of a configured source, if it has one."""
    from watcher.config import presets

    return presets.find(table.preset) if table.preset and not table.wrong else None


def allowed(path: Path, table: SourceTable) -> Preset | None:
    """The same; raises ConfigError where the place may not be asked yet, also if it is off."""
    preset = of(table)
    problem = _unmet(preset, table) if preset else ""
    if problem:
        raise ConfigError(f"{path}: sources.{table.name}: {table.preset} {problem}")
    return preset


def kind(row: Mapping[str, Any]) -> str:
    """
    What people are told of a source's kind: `posts via tor`, `telegram (Y, unverified)`.

    A preset that is no longer there has no verdict.
    """
    via = f" via {row['via']}" if row["via"] else ""
    if not row["preset"]:
        return f"{row['kind']}{via}"
    if row["verdict"] is None:
        return f"{row['preset']} (no such preset){via}"
    state = {True: "", False: ", unverified", None: ", any place"}[row["verified"]]
    return f"{row['preset']} ({row['verdict']}{state}){via}"


def verified(preset: Preset | None) -> bool | None:
    """Whether it was tried on a recorded answer; None where there is no place to record."""
    return None if preset is None or preset.any_place else bool(preset.verified)


def look(preset: Preset, table: SourceTable) -> tuple[str, ...]:
    """What to look at by hand, with what the table says in it."""
    from watcher.config import presets

    return presets.looked(preset, {name: each for name, each in table.variables.items() if each})


def _object(preset: Preset) -> dict[str, Any]:
    """The `preset` object of `sources list --available --json`."""
    from watcher.config import presets

    return {
        "type": "preset",
        "name": preset.name,
        "kind": preset.kind,
        "verdict": preset.verdict,
        "state": preset.state,
        "verified": preset.verified or None,
        "about": preset.about,
        "terms": preset.terms,
        "ask": preset.ask,
        "off": preset.off,
        "needs": list(preset.needs),
        "variables": {
            name: {"about": each.about, "pattern": each.pattern, "default": each.default or None}
            for name, each in preset.variables.items()
        },
        "look": list(presets.looked(preset)),
    }


@click.command("add")
@click.argument("preset")
@click.option(
    "--name", help="The source's name. Default: the preset's, and what tells it from others."
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A key of its table.")
@click.pass_context
def add(ctx: click.Context, preset: str, name: str | None, settings: tuple[str, ...]) -> int:
    """Write a source with this preset into the configuration file."""
    from watcher import config, log, registry
    from watcher.config import addition, presets

    log.setup(json=False, level="warning")
    # Not as the owner of the data directory: the configuration is its writer's.
    known = config.load(config.find(ctx.obj["path"], os.environ), secrets=False)
    found = presets.find(preset)
    table = addition.table(found, settings)
    name = name or _name(found, table)
    try:
        trial = addition.judged(known, name, table)
        registry.source(trial, known.path, secrets=False)
    except ConfigError as problem:
        raise ConfigError(f"{problem}{_wanting(found, table)}") from problem
    addition.add(known, name, table)
    _tell(found, name, trial, addition.lines(name, table), known.path)
    return codes.CLEAN


def _name(preset: Preset, table: dict[str, Any]) -> str:
    """`telegram-example`: the preset's name and the variables that were given."""
    given = [str(table[each]) for each in preset.variables if table.get(each)]
    whole = "-".join((preset.name, *given))
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in whole)[:64]


def _wanting(preset: Preset, table: Mapping[str, Any]) -> str:
    """What the command line has to say besides, or ""."""
    given = [
        f"--set '{each}={{ file = \"…\" }}'" if each == preset.key else f"--set {each}=…"
        for each in preset.needs
        if each.partition(".")[0] not in table
    ]
    return f"\n  as in: watcher sources add {preset.name} {' '.join(given)}" if given else ""


def _tell(preset: Preset, name: str, table: SourceTable, written: str, path: Path) -> None:
    """What was written, to stdout; what it means and what comes next, to stderr."""
    for line in written.splitlines():
        output.out().print(output.clean(line), markup=False, soft_wrap=True)
    told = [f"Written to {path}.", preset.terms]
    if not preset.verified:
        told.append(
            "Any place: nobody knows this one yet. Look at:"
            if preset.any_place
            else "Unverified: nobody has recorded an answer of this place. Look at:"
        )
        told += [f"  {each}" for each in look(preset, table)]
    if preset.off:
        told.append(f"Off by itself: {preset.off}.")
    steps = [f"watcher sources check {name}"]
    if _unmet(preset, table):
        needs = preset.key or 'terms_accepted = "who, YYYY-MM-DD"'
        told.append(preset.ask)
        steps.insert(0, f"{needs} in [sources.{name}]")
    if not table.enabled:
        steps.append(f"enabled = true in [sources.{name}]")
    told.append(f"Next: {'; then '.join(steps)}")
    told.append("A service that runs takes it up when it is told to: systemctl reload watcher")
    for line in told:
        output.err().print(output.clean(line), markup=False, soft_wrap=True)


def _unmet(preset: Preset, table: SourceTable) -> str:
    from watcher.config.presets import unmet

    return unmet(preset, table.terms_accepted, table.options)
