"""
What was found, against what was put in.

An officer is *found* who stands in `finding.officers`, or in one of the groups
of `finding.possible` (a document that says no more than a shared name cannot
tell them apart, and the finding says so); *apart* are the former alone. An
officer is *wrongly named* who stands in `finding.officers` of a document that
does not show them: namesakes of strangers among them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median

from bench.detection.engine import Engine, Said
from bench.detection.forms import Form, Made
from bench.detection.world import World
from watcher.model import Severity


@dataclass(slots=True)
class Result:
    """One form at one roster, added up over its documents."""

    form: str
    roster: int
    documents: int = 0
    present: int = 0
    found: int = 0
    apart: int = 0
    named: int = 0
    wrong: int = 0
    due: int = 0  # documents that reached the severity that was due
    alerts: int = 0  # of severity medium or more
    severities: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    bits: list[float] = field(default_factory=list)
    missed: list[str] = field(
        default_factory=list, repr=False
    )  # seeds of documents that fell short
    seconds: float = 0.0
    size: int = 0

    def add(self, made: Made, said: Said, seed: str) -> None:
        finding = said.finding
        single = set(finding.officers) if finding else set()
        groups = {ref for group in finding.possible for ref in group} if finding else set()
        severity = finding.severity if finding else Severity.INFO
        apart = len(made.present & single)
        found = len(made.present & (single | groups))
        self.documents += 1
        self.present += len(made.present)
        self.apart += apart
        self.found += found
        self.named += len(single)
        self.wrong += len(single - made.present)
        self.due += severity >= made.due
        self.alerts += severity >= Severity.MEDIUM
        self.severities[str(severity) if finding else "none"] += 1
        self.expected[str(made.due)] += 1
        self.bits.append(finding.bits if finding else 0.0)
        self.seconds += said.seconds
        self.size += len(made.body)
        if severity < made.due or found < 0.97 * len(made.present):
            self.missed.append(seed)

    @property
    def recall(self) -> float:
        return self.found / self.present if self.present else 1.0

    @property
    def wrongly(self) -> float:
        return self.wrong / self.named if self.named else 0.0

    @property
    def median_bits(self) -> float:
        return median(self.bits) if self.bits else 0.0

    def recorded(self) -> dict[str, object]:
        """As the last run is kept: short keys, no document."""
        return {
            "documents": self.documents,
            "present": self.present,
            "found": self.found,
            "apart": self.apart,
            "named": self.named,
            "wrong": self.wrong,
            "due": self.due,
            "alerts": self.alerts,
            "severities": dict(self.severities),
            "bits": [round(self.median_bits, 1), round(min(self.bits, default=0.0), 1)],
        }


def seeded(seed: int, form: Form, number: int) -> tuple[str, random.Random]:
    """The name of one document's seed, and the dice that make it again."""
    name = f"{seed}|{form.key}|{number}"
    return name, random.Random(name)


def measured(
    engine: Engine,
    world: World,
    forms: Iterable[Form],
    *,
    seed: int,
    per_form: int,
    told: Callable[[Result], None],
) -> list[Result]:
    """Every form at this roster; a form for which nobody of it fits is left out."""
    results = []
    size = len(world.members)
    for form in forms:
        if form.hopeless_from and size >= form.hopeless_from:
            continue
        result = Result(form.key, size)
        for number in range(max(1, per_form // form.heavy)):
            name, dice = seeded(seed, form, number)
            try:
                made = form.make(dice, world)
            except LookupError:
                break
            result.add(made, engine.judge(made.body, leak_listing=made.leak_listing), name)
        if result.documents:
            results.append(result)
            told(result)
    return results
