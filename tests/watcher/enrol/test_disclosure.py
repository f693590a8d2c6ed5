"""What a third party will learn is counted before it can learn anything."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from watcher.api import Person, Recogniser, Tables, Watch
from watcher.enrol import Disclosure, disclosure
from watcher.errors import ConfigError


class Counting:
    """A matcher that says how many people it would ask about."""

    name = "counting"

    def __init__(self, watch: Watch) -> None:
        pass

    def enrol(self, people: Iterable[Person], key: bytes) -> Tables:
        count = len(list(people))
        said = {"addresses": count, "prefixes": count, "shared": 0}
        return {f"report_asked_{name}": np.array([value]) for name, value in said.items()}

    def load(self, tables: Tables, key: bytes) -> Recogniser:
        raise NotImplementedError


def test_what_is_told_is_what_the_matcher_says() -> None:
    """Counts, and nothing else."""
    found = disclosure(Counting(Watch()), [Person(ref="1"), Person(ref="2")])
    assert found == Disclosure(addresses=2, prefixes=2, shared=0)


def test_nobody_to_ask_about_is_an_error() -> None:
    """Whoever asked for it is not left in the belief that it works."""
    with pytest.raises(ConfigError, match="--counting: nobody"):
        disclosure(Counting(Watch()), [])
