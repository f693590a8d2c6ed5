"""
The figures, and how Prometheus reads them (text format 0.0.4).

Labels are names that the configuration gives, and words of ours: never an
address, a key or anything of a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.core import Metric

Values = dict[tuple[str, ...], float]  # of the labels
KIND = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """One source. `age`: seconds since its last good visit, None before the first; `new` in a day."""

    state: str
    age: float | None
    listed: int
    new: int
    pending: int
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFigures:
    """One target. `oldest`: seconds for which something has been owed to it, 0 if nothing is."""

    owed: int
    dead: int
    oldest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """
    A moment of the service. `states`: all that a source may be in.

    `documents` by outcome, `alerts` by severity; `canary`: seconds since its
    last return, None before the first; `replaced` reading workers since the
    start; sizes in bytes.
    """

    states: tuple[str, ...]
    sources: Mapping[str, SourceFigures]
    targets: Mapping[str, TargetFigures]
    documents: Mapping[str, int] = field(default_factory=dict)
    alerts: Mapping[str, int] = field(default_factory=dict)
    canary: float | None = None
    replaced: int = 0
    store_bytes: int = 0
    free_bytes: int = 0


def text(figures: Figures) -> bytes:
    """The whole page."""
    # Loaded here: only a service that is asked for figures needs it.
    from prometheus_client import CollectorRegistry, generate_latest

    class Snapshot:
        def collect(self) -> Iterable[Metric]:
            yield from _metrics(figures)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Snapshot())
    return generate_latest(registry)


def _metrics(figures: Figures) -> Iterator[Metric]:
    sources, targets = figures.sources, figures.targets
    yield _gauge(
        "watcher_source_state",
        "1 for the state that a source is in",
        {
            (name, state): float(each.state == state)
            for name, each in sources.items()
            for state in figures.states
        },
        ("source", "state"),
    )
    ages: Values = {(name,): each.age for name, each in sources.items() if each.age is not None}
    yield _gauge("watcher_source_last_success_age_seconds", "since the last good visit", ages)
    for key, told in (
        ("listed", "items that the last good visit listed"),
        ("new", "new items of the last day"),
        ("pending", "items that are owed a look"),
        ("failures", "visits in a row that failed"),
    ):
        values: Values = {(name,): float(getattr(each, key)) for name, each in sources.items()}
        yield _gauge(f"watcher_source_{key}", told, values)
    by_outcome: Values = {(kind,): float(many) for kind, many in figures.documents.items()}
    yield _gauge("watcher_documents", "documents by outcome", by_outcome, ("outcome",))
    by_severity: Values = {(kind,): float(many) for kind, many in figures.alerts.items()}
    yield _gauge("watcher_alerts", "alerts by severity", by_severity, ("severity",))
    for key, name, told in (
        ("owed", "owed", "deliveries neither done nor given up"),
        ("dead", "dead", "deliveries given up"),
        ("oldest", "oldest_age_seconds", "for which the oldest delivery has been owed"),
    ):
        values = {(target,): float(getattr(each, key)) for target, each in targets.items()}
        yield _gauge(f"watcher_deliveries_{name}", told, values, ("target",))
    if figures.canary is not None:
        yield _gauge("watcher_canary_age_seconds", "since its last return", {(): figures.canary})
    replaced = float(figures.replaced)
    yield _gauge(
        "watcher_workers_replaced", "reading workers replaced since the start", {(): replaced}
    )
    yield _gauge("watcher_store_bytes", "size of the store", {(): float(figures.store_bytes)})
    yield _gauge("watcher_free_bytes", "room beside the store", {(): float(figures.free_bytes)})


def _gauge(
    name: str,
    told: str,
    values: Values,
    labels: tuple[str, ...] = ("source",),
) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    plain = () in values
    metric = GaugeMetricFamily(name, told, labels=() if plain else labels)
    for key, value in values.items():
        metric.add_metric(key, value)
    return metric
