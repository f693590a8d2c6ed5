"""How compiled functions are put together."""

from __future__ import annotations

import numpy as np
from numba.core.compiler import Flags

from matchers.people.kernel.compile import apart, compiled, i8, inner
from matchers.people.kernel.linking import Part, Program, _Quick

_Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


@inner
def _last(values: _Numbers, unread: _Numbers) -> int:
    apart()
    return i8(values[-1])


@inner
def _least(values: _Numbers, unread: _Numbers) -> int:
    return i8(min(values[0], _last(values, unread)))


@compiled
def _both(values: _Numbers, unread: _Numbers) -> int:
    return _least(values, unread) + _last(values, unread)


def _program() -> Program:
    assert _both(np.array([3, 5]), np.arange(2)) == 8
    (result,) = _both.overloads.values()  # type: ignore[attr-defined]  # numba's
    library: Program = result.library
    return library


def test_a_program_holds_each_part_once_and_shows_none() -> None:
    """What numba itself has compiled for them included."""
    shown = [each for each in _program()._final_module.functions if not each.is_declaration]
    assert sum("_last" in each.name for each in shown) == 1
    assert [each.linkage.name for each in shown if "_last" in each.name] == ["internal"]


def test_what_nothing_reads_is_not_passed() -> None:
    """An array is seven arguments or more, with each call."""
    (last,) = (each for each in _program()._final_module.functions if "_last" in each.name)
    assert len(list(last.arguments)) < 7


def test_a_part_is_rebuilt_with_all_that_it_calls() -> None:
    (library,) = (each for each in _program()._linking_libraries if "_least" in each.name)
    reduced = library.reduced()
    rebuilt = Part.rebuilt(library.codegen, reduced)
    assert [name for name, _ in reduced] == [library.name, "_last"]
    assert [each.name for each in rebuilt._linking_libraries] == ["_last"]
    assert Part.rebuilt(library.codegen, reduced) is rebuilt


def test_options_are_the_same_as_numbas() -> None:
    """Compared faster, they must be equal when and only when numba's are."""
    plain, other = Flags(), Flags()
    other.nrt = True
    for one in (plain, other):
        for two in (plain, other):
            assert (_Quick(one) == two) == (one == two) == (one == _Quick(two))
            assert hash(_Quick(one)) == hash(one)
    explicit = Flags()
    explicit.nrt = plain.nrt
    assert _Quick(explicit) == plain == explicit
