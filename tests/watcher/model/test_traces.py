from __future__ import annotations

from array import array

from watcher.model import Family, Trace


def test_a_trace_tells_how_many_but_not_whom() -> None:
    trace = Trace(
        family=Family.NUMBER,
        keys=array("Q", [11, 12]),
        chance=array("d", [0.1, 0.2]),
        starts=array("I", [0, 1, 2]),
        officers=array("I", [471, 472]),
        misses=3,
        expected=0.5,
    )
    assert trace.hits == 2
    assert "471" not in repr(trace)
    assert "11" not in repr(trace)
