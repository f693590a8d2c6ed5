"""What journeys report besides passing."""

from __future__ import annotations

import pytest

KILLS = "kills fell at"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """At which step of the road each kill fell, step by step."""
    told = [
        (report.nodeid.rpartition("[")[2].rstrip("]"), value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in getattr(report, "user_properties", ())
        if name == KILLS and report.when == "call"
    ]
    if told:
        terminalreporter.section("kills of the daemon", sep="-")
    for step, fell in sorted(told):
        terminalreporter.write_line(f"meant for {step:18} fell at {', '.join(map(str, fell))}")
