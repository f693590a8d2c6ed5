"""The last run, kept small, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.detection.febrl import Score
from bench.detection.measure import Result
from bench.detection.quiet import Quiet

RESULTS = Path(__file__).parent.parent / "results" / "detection.json"
QUICK = Path(__file__).parent.parent / "out" / "detection.json"
FIELDS = (
    "documents", "present", "found", "named", "wrong", "due", "median bits", "least bits",
)  # fmt: skip
INNOCENT_FIELDS = ("documents", "MB", "worst", "above info", "alerts", "most bits of a list")
CHANGE = 0.02  # of recall or of documents at their severity that is worth telling


def record(
    results: Iterable[Result],
    quiets: Iterable[Quiet],
    scores: Iterable[Score],
    facts: Mapping[str, object],
) -> dict[str, Any]:
    """Everything in short rows: form → for each roster FIELDS, or null. `apart` is named − wrong."""
    results, quiets = list(results), list(quiets)
    rosters = sorted({r.roster for r in results} | {q.roster for q in quiets})
    forms: dict[str, list[list[int] | None]] = {}
    for r in results:
        row = [r.documents, r.present, r.found, r.named, r.wrong, r.due]
        row += [round(r.median_bits), round(min(r.bits, default=0.0))]
        forms.setdefault(r.form, [None] * len(rosters))[rosters.index(r.roster)] = row
    innocent: dict[str, list[list[object] | None]] = {}
    for q in quiets:
        bits = round(q.most_bits, 1) if q.most_bits > -1e9 else None
        found = [q.documents, round(q.size / 1e6, 1), q.worst, q.above, q.alerts, bits]
        innocent.setdefault(q.kind, [None] * len(rosters))[rosters.index(q.roster)] = found
    return {
        **facts,
        "rosters": rosters,
        "fields": FIELDS,
        "forms": forms,
        "innocent fields": INNOCENT_FIELDS,
        "innocent": innocent,
        "febrl4": {s.what: [s.named, s.right, s.present] for s in scores},
    }


def write(path: Path, found: Mapping[str, Any]) -> None:
    """One form a line, so that two runs can be compared by eye."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for key, value in found.items():
        if key in ("forms", "innocent"):
            inner = ",\n".join(
                f"  {json.dumps(k, ensure_ascii=False)}: {_dense(v)}" for k, v in value.items()
            )
            lines.append(f" {json.dumps(key)}: {{\n{inner}\n }}")
        else:
            lines.append(f" {json.dumps(key)}: {_dense(value)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _dense(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def last(path: Path = RESULTS) -> dict[str, Any]:
    """The last recorded run, {} where there is none."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What is better or worse than in the run before, form by form, the worst first."""
    found: list[tuple[float, str]] = []
    for what, old, row in _both(before, now, "forms"):
        for told, of, total in (("recall", 2, 1), ("severity", 5, 0)):
            was, is_ = _share(old, of, total), _share(row, of, total)
            if abs(is_ - was) >= CHANGE:
                found.append((is_ - was, f"{what}: {told} {was:.0%} → {is_:.0%}"))
        if _share(row, 4, 3) > _share(old, 4, 3) + CHANGE and row[4]:
            found.append(
                (-0.5, f"{what}: wrongly named {old[4]} of {old[3]} → {row[4]} of {row[3]}")
            )
    for what, old, row in _both(before, now, "innocent"):
        if row[3] / row[0] > old[3] / old[0] + CHANGE:
            found.append((-1.0, f"{what}: above info {old[3]} of {old[0]} → {row[3]} of {row[0]}"))
    return [text for _, text in sorted(found)]


def _both(
    before: Mapping[str, Any], now: Mapping[str, Any], table: str
) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """What both runs measured: its name, the row before, the row now."""
    places = {roster: at for at, roster in enumerate(before.get("rosters", ()))}
    for key, rows in now[table].items():
        old = before.get(table, {}).get(key)
        for roster, row in zip(now["rosters"], rows, strict=True):
            if old and row and roster in places and (was := old[places[roster]]):
                yield f"{roster:,} officers, {key}", was, row


def _share(row: Sequence[float], of: int, total: int) -> float:
    return row[of] / row[total] if row[total] else float(of == 2)
