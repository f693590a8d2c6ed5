"""The page of figures, as Prometheus's own parser reads it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from watcher.metrics import Figures, SourceFigures, TargetFigures, text

STATES = ("ok", "quiet", "degraded", "blocked", "blind")
NAMES = st.text(min_size=1, max_size=20).filter(
    lambda name: "\0" not in name and name.isprintable()
)
NUMBERS = st.integers(0, 10**9)
SOURCES = st.builds(
    SourceFigures,
    state=st.sampled_from(STATES),
    age=st.none() | st.floats(0, 1e9),
    listed=NUMBERS,
    new=NUMBERS,
    pending=NUMBERS,
    failures=NUMBERS,
)


# The first text that is drawn makes Hypothesis's table of characters, which a busy machine takes a second for.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, SOURCES, max_size=4), NUMBERS)
def test_whatever_is_counted_is_read_back(sources: dict[str, SourceFigures], owed: int) -> None:
    """Each source is in one state; names, however odd, and numbers come through the parser as they were."""
    figures = Figures(
        states=STATES,
        sources=sources,
        targets={"ops": TargetFigures(owed=owed, dead=0, oldest=1.5)},
        documents={"clean": 3},
        alerts={"high": 1},
        canary=12.0,
    )
    found = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text(figures).decode())
        for sample in family.samples
    }
    for name, each in sources.items():
        states = {
            state: found[("watcher_source_state", (("source", name), ("state", state)))]
            for state in STATES
        }
        assert [state for state, on in states.items() if on] == [each.state]
        assert found[("watcher_source_pending", (("source", name),))] == each.pending
    assert found[("watcher_deliveries_owed", (("target", "ops"),))] == owed
    assert found[("watcher_documents", (("outcome", "clean"),))] == 3
    assert found[("watcher_canary_age_seconds", ())] == 12.0
