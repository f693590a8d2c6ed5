"""What the doctor says of an installation."""

from __future__ import annotations

import os
from datetime import datetime

from tests.world import World
from watcher.config import load
from watcher.doctor import Check, examine


def checks(world: World, **more: datetime) -> list[Check]:
    """All of it."""
    return list(examine(load(world.config, os.environ), **more))


def saying(found: list[Check], words: str) -> Check:
    """The only check that says these words."""
    (check,) = [each for each in found if words in each.what]
    return check
