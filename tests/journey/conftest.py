"""What journeys share, and what they report besides passing."""

from __future__ import annotations

import pytest

from tests.journey.scanned import Scan

KILLS = "kills fell at"


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """All scenarios that one scan can show. Nobody changes its world but in a copy."""
    return Scan.of_all(tmp_path_factory.mktemp("scenarios"))


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
