"""One measured figure, the table of all, and the comparison with the recorded run."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

WORSE = 0.9  # of the last run's value: below it a figure is flagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One figure. `reach`: what it should be at least (or at most, if less is better).

    `beside`: how many times another engine's, or another figure's, in the same
    round. `stages`: seconds of which it is made.
    """

    key: str
    what: str
    value: float
    unit: str
    more: bool = True
    reach: float | None = None
    beside: Mapping[str, float] = field(default_factory=dict)
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether it reaches what it should; None where nothing is asked of it."""
        if self.reach is None:
            return None
        return self.value >= self.reach if self.more else self.value <= self.reach

    def against(self, last: float) -> float:
        """How many times as good as `last`; above 1 is better."""
        if not last or not self.value:
            return 1.0
        return self.value / last if self.more else last / self.value


def machine() -> dict[str, str | int]:
    """On what it was measured: figures of another machine are others."""
    model = ""
    cpus = 0
    for line in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("model name"):
            model, cpus = line.partition(":")[2].strip(), cpus + 1
    return {"cpu": model, "cores": cpus, "python": platform.python_version()}


def recorded(path: Path) -> dict[str, float]:
    """The figures of the last recorded run, by key; none where there is no record."""
    if not path.exists():
        return {}
    return {each["key"]: float(each["value"]) for each in json.loads(path.read_text())["figures"]}


def write(path: Path, figures: Sequence[Figure]) -> None:
    """Record this run; figures that were not measured now stay as they were."""
    before = json.loads(path.read_text()) if path.exists() else {}
    kept = {each["key"]: each for each in before.get("figures", ())}
    for each in figures:
        kept[each.key] = {**asdict(each), "met": each.met}
    path.parent.mkdir(exist_ok=True)
    whole = {**before, "machine": machine(), "figures": [kept[key] for key in sorted(kept)]}
    path.write_text(json.dumps(whole, indent=1, default=dict) + "\n")


def show(figures: Sequence[Figure], last: Mapping[str, float], console: Console) -> None:
    """The table, and under it what was not reached and what has become worse."""
    table = Table(box=None, header_style="bold")
    for head in ("figure", "", "", "reach", "beside in the same round", "last run"):
        table.add_column(head, justify="right" if head in {"", "reach", "last run"} else "left")
    for each in figures:
        said = {True: "yes", False: "NO", None: ""}[each.met]
        bound = "" if each.reach is None else f"{'≥' if each.more else '≤'} {each.reach:g} {said}"
        beside = " · ".join(f"{value:.3g}× {name}" for name, value in each.beside.items())
        before = f"{each.against(last[each.key]):.2f}×" if each.key in last else "–"
        table.add_row(each.what, f"{each.value:,.4g}", each.unit, bound, beside, before)
    console.print(table)
    for each in figures:
        if each.met is False:
            stages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in each.stages.items())
            console.print(f"not reached: {each.what}: {stages or 'see above'}", markup=False)
    for each in figures:
        if each.key in last and each.against(last[each.key]) < WORSE:
            console.print(
                f"worse than the last run: {each.what}: {last[each.key]:,.4g} → {each.value:,.4g} {each.unit}",
                markup=False,
            )
