"""
The table of docs/sources.md, written from the presets.

    python -m watcher.config.page
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from watcher.config import presets
from watcher.config.presets import Preset

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "sources.md"

_BEGIN = "<!-- written by python -m watcher.config.page -->"
_END = "<!-- to here -->"
_BLOCK = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)


def table(found: Iterable[Preset]) -> str:
    """A row for each preset, and below it what each of them asks of its operator."""
    every = list(found)
    rows = [
        "| preset | verdict | state | what it is | kind | needs |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| [`{each.name}`](#{each.name}) | {each.verdict} | {_state(each)} | {each.about} "
            f"| `{each.kind}` | {', '.join(f'`{need}`' for need in each.needs) or '–'} |"
            for each in every
        ),
    ]
    return "\n".join([*rows, *(part for each in every for part in ("", _section(each)))])


def written(text: str) -> str:
    """The page's text with the table as it is now."""
    block = f"{_BEGIN}\n\n{table(presets.available().values())}\n\n{_END}"
    return _BLOCK.sub(lambda _: block, text)


def _state(preset: Preset) -> str:
    return f"verified ({preset.verified})" if preset.verified else preset.state


def _section(preset: Preset) -> str:
    told = [
        f"### {preset.name}",
        "",
        f"{preset.about[0].upper()}{preset.about[1:]}. {preset.terms}",
    ]
    if preset.ask:
        told[-1] += f" {preset.ask}"
    if preset.off:
        told += ["", f"Off by itself: {preset.off}."]
    variables = [
        f"- `{name}`: {each.about}{f'; `{each.default}` unless given' if each.default else ''}"
        for name, each in preset.variables.items()
    ]
    if variables:
        told += ["", *variables]
    if preset.look:
        told += ["", "To look at by hand:", "", *(f"- {each}" for each in presets.looked(preset))]
    return "\n".join(told)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
