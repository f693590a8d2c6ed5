"""
The tables of the index: what they are called, what they hold, how they are asked.

Tags, postings, pairs and counts: numbers only, no text. One array per column;
lists of different lengths lie one after another with the place of each start
(compressed sparse rows). A compiled kernel can take these arrays as they are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from watcher.api import Tables

# name → (dtype, dimensions)
COLUMNS: dict[str, tuple[str, int]] = {
    # words of names: tag → postings; role 0 is a forename, 1 a surname
    "name_tag": ("u8", 1),
    "name_start": ("u4", 1),
    "post_role": ("u1", 1),
    "post_token": ("u4", 1),
    "post_mask": ("u8", 1),
    "post_cost": ("u1", 1),
    # forename id << 32 | surname id → officers
    "pair_key": ("u8", 1),
    "pair_start": ("u4", 1),
    "pair_officer": ("u4", 1),
    "fore_people": ("u4", 1),  # n_f, by forename id
    "fore_initial": ("u1", 1),  # 1: an initial, 2: all that is known is an initial
    "sur_people": ("u4", 1),  # n_s, by surname id
    "sur_start": ("u4", 1),  # officers by surname
    "sur_officer": ("u4", 1),
    # chance: rules × surname, rules × stratum, rules × mean number of others
    "loo_surname": ("f4", 2),
    "loo_stratum": ("f4", 2),
    "mean_others": ("f8", 1),
    "number_tag": ("u8", 1),
    "number_start": ("u4", 1),
    "number_officer": ("u4", 1),
    "number_role": ("u1", 1),
    "mail_tag": ("u8", 1),
    "mail_start": ("u4", 1),
    "mail_officer": ("u4", 1),
    "domain_tag": ("u8", 1),
    "shapes": ("i8", 2),
    # by officer: tags of what he or she is, 0 where the roster does not say
    "officer_rank": ("u8", 1),
    "officer_unit": ("u8", 1),
    "officer_location": ("u8", 1),
    "officer_vetting": ("u8", 1),
    # for the report of `enrol`
    "report_people": ("i8", 1),
    "report_distinct_people": ("i8", 1),
    "report_variants": ("f8", 1),
    "report_chance_full": ("f8", 1),
    "report_chance_initial": ("f8", 1),
    "report_chance_one_edit": ("f8", 1),
}

Array = npt.NDArray[Any]

FORENAME, SURNAME = 0, 1


class Near(NamedTuple):
    """Parallel arrays: place of the token asked for, role, id, least edits."""

    token: npt.NDArray[np.int64]
    role: Array
    id: Array
    edits: Array


def check(tables: Tables) -> dict[str, Array]:
    """The tables, if they are ours. Raises ValueError that names the first that is not."""
    for name, (dtype, dimensions) in COLUMNS.items():
        array = tables.get(name)
        if array is None:
            raise ValueError(f"matchers.people: the index has no table {name!r}; enrol again")
        if array.dtype != np.dtype(dtype) or array.ndim != dimensions:
            raise ValueError(
                f"matchers.people: table {name!r} is {array.dtype} of {array.ndim} dimensions, "
                f"not {np.dtype(dtype)} of {dimensions}; enrol again"
            )
    return {name: tables[name] for name in COLUMNS}


def group(keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], Array, Array]:
    """Distinct keys in order, the start of each one's group, and the order that groups them."""
    order = np.argsort(keys, kind="stable")
    distinct, start = np.unique(keys[order], return_index=True)
    return distinct, np.append(start, keys.size).astype(np.uint32), order


def spread(start: Array, count: Array) -> tuple[Array, Array]:
    """
    For groups that begin at `start` and have `count` members: (which group, which member).

    The vectorised form of two nested loops.
    """
    which = np.repeat(np.arange(count.size), count)
    first = np.cumsum(count) - count
    return which, np.arange(which.size) - first[which] + start[which]
