"""The examination as a whole."""

from __future__ import annotations

from pathlib import Path

from tests.watcher.doctor.checks import checks, saying
from tests.world import World


def test_a_sound_installation_has_no_error(world: World) -> None:
    """A fresh one warns only of what its user was told to do next."""
    found = checks(world)
    assert [each for each in found if each.level == "error"] == []
    assert saying(found, "private key is still").level == "warn"
    assert saying(found, "index: 600 people").level == "ok"
    assert saying(found, "evidence: 0 files; `watcher verify` checks them").level == "ok"


def test_json_is_one_object_a_line(world: World) -> None:
    """For those who watch the watcher."""
    done = world.run("doctor", "--json")
    assert {each["type"] for each in done.objects} == {"check"}
    assert {each["level"] for each in done.objects} <= {"ok", "warn", "error"}


def test_nothing_is_written(world: World) -> None:
    """Looking changes nothing in the installation."""

    def shown(root: Path) -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.endswith(("-wal", "-shm"))
        }

    before = shown(world.folder)
    assert world.run("doctor").code == 0
    assert shown(world.folder) == before


def test_what_the_system_refuses_is_an_error_of_its_own(world: World) -> None:
    """The checks after it are made all the same."""
    index = world.data / "index.sealed"
    index.unlink()
    index.symlink_to(index)
    found = checks(world)
    errors = [each for each in found if each.level == "error"]
    assert any("index.sealed" in each.what for each in errors), errors
    assert saying(found, "unit").level in {"ok", "warn"}
