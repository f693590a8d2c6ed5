"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.world import World, found

NO_SKIPS = "WATCHER_NO_SKIPS"  # set by .ci/run: a test that could not run there has not passed

# A law holds on a slow machine as well: nothing here is judged by a clock.
settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a skip is a failure, unless the recordings are not there at all."""
    report = yield
    if report.skipped and os.environ.get(NO_SKIPS):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if "WATCHER_SAMPLES" not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped where nothing may be: {reason}"
    return report


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An enrolled force that nobody changes. Copy it with `world`."""
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def world(founded: World, tmp_path: Path) -> World:
    """An enrolled force of this test's own."""
    return founded.copy(tmp_path / "own")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The recorded answers of real places."""
    folder = os.environ.get("WATCHER_SAMPLES", "")
    if not folder:
        pytest.skip("WATCHER_SAMPLES does not name the folder of recordings")
    return Path(folder)
