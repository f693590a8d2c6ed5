"""
The tables of an index, laid out as the kernel asks them.

Columns are taken as they are; what is added (buckets, sieves, the greater of
two rates) is made of whole arrays at once: the service opens an index while
documents wait.
"""

from __future__ import annotations

import numpy as np

from matchers.people import chance, numbers
from matchers.people.kernel import pairs
from matchers.people.kernel.arrays import Index
from matchers.people.kernel.kin import kin
from matchers.people.kernel.sieves import sieve
from matchers.people.names import BARE
from matchers.people.siphash import Kind, tags
from matchers.people.tables import COLUMNS, Array

PER_BUCKET = 2  # tags, in the mean


def opened(tables: dict[str, Array], key: tuple[int, int]) -> Index:
    """`tables` as `tables.check` returns them; `key`: its halves."""
    full, initial = (
        np.maximum(
            tables["loo_surname"][rule],
            tables["loo_stratum"][rule][chance.stratum(tables["sur_people"])],
        )
        for rule in (chance.Rule.FULL, chance.Rule.INITIAL)
    )
    people = max(1, int(tables["report_distinct_people"][0]))
    bare = int(tables["fore_people"][tables["fore_initial"] == 2].sum())
    pair_key = _plain(tables["pair_key"])
    shapes = tables["shapes"]
    known = numbers.Shapes(shapes)
    return Index(
        key=np.array(key, dtype=np.uint64),
        bucket=buckets(tables["name_tag"]),
        tag=_plain(tables["name_tag"]),
        tag_start=_plain(tables["name_start"]),
        post_role=_plain(tables["post_role"]),
        post_token=_plain(tables["post_token"]),
        post_mask=_plain(tables["post_mask"]),
        post_cost=_plain(tables["post_cost"]),
        name_sieve=sieve(_plain(tables["name_tag"])),
        bare=_bare(tables, key),
        pair_slot=pairs.slots(pair_key),
        pair_key=pair_key,
        pair_start=_plain(tables["pair_start"]),
        pair_officer=_plain(tables["pair_officer"]),
        pair_sieve=pairs.sieve(pair_key),
        fore_people=_plain(tables["fore_people"]),
        fore_initial=_plain(tables["fore_initial"]),
        sur_people=_plain(tables["sur_people"]),
        sur_start=_plain(tables["sur_start"]),
        sur_officer=_plain(tables["sur_officer"]),
        rate=np.ascontiguousarray(np.stack([full, initial]), dtype=np.float32),
        edit_rate=_plain(tables["loo_surname"][chance.Rule.ONE_EDIT]),
        edit_band=_plain(tables["loo_stratum"][chance.Rule.ONE_EDIT]),
        scale=np.array([people, min(1.0, bare / people)], dtype=np.float64),
        number_bucket=buckets(tables["number_tag"]),
        number_tag=_plain(tables["number_tag"]),
        number_start=_plain(tables["number_start"]),
        number_officer=_plain(tables["number_officer"]),
        number_role=_plain(tables["number_role"]),
        number_names=kin(
            tables["sur_start"],
            tables["sur_officer"],
            tables["number_start"],
            tables["number_officer"],
        ),
        mail_bucket=buckets(tables["mail_tag"]),
        mail_tag=_plain(tables["mail_tag"]),
        mail_start=_plain(tables["mail_start"]),
        mail_officer=_plain(tables["mail_officer"]),
        domain_tag=_plain(tables["domain_tag"]),
        shape=_plain(shapes[np.argsort(shapes[:, 0], kind="stable")]),
        shape_span=np.array(
            [known.span(int(shape)) for shape in np.sort(shapes[:, 0])], np.float64
        ),
        shape_bits=np.array(
            [known.bits(int(shape)) for shape in np.sort(shapes[:, 0])], np.float64
        ),
        officers=np.array([int(tables["report_people"][0])], dtype=np.int64),
    )


def names_opened(tables: dict[str, Array], key: tuple[int, int]) -> Index:
    """An index of names alone, of tables that have no more than `enrolling` needs to count them."""
    surnames, forenames = tables["sur_start"].size - 1, tables["fore_initial"].size
    least: dict[str, Array] = {
        "sur_people": np.zeros(surnames, dtype=np.uint32),
        "fore_people": np.zeros(forenames, dtype=np.uint32),
        "loo_surname": np.zeros((len(chance.Rule), surnames), dtype=np.float32),
        "loo_stratum": np.zeros((len(chance.Rule), chance.STRATA), dtype=np.float32),
        "report_people": np.zeros(1, dtype=np.int64),
        "report_distinct_people": np.zeros(1, dtype=np.int64),
        "shapes": np.zeros((0, 4), dtype=np.int64),
    }
    none = {
        name: np.zeros((0,) * dimensions, dtype=dtype)
        for name, (dtype, dimensions) in COLUMNS.items()
    }
    held = {name: each.astype(COLUMNS[name][0]) for name, each in tables.items()}
    return opened({**none, **least, **held}, key)


def _plain(array: Array) -> Array:
    """The array in one piece and writable in name: compiled code has one version for each layout."""
    return array if array.flags.c_contiguous and array.flags.writeable else array.copy()


def buckets(tag: Array) -> Array:
    """For each value of the top b ≥ 1 bits, the place of the first tag that has it; u4[2^b + 1]."""
    bits = max(1, (tag.size // PER_BUCKET).bit_length())
    found = np.zeros((1 << bits) + 1, dtype=np.uint32)
    top = (tag >> np.uint64(64 - bits)).astype(np.int64)
    found[1:] = np.cumsum(np.bincount(top, minlength=1 << bits))
    return found


def _bare(tables: dict[str, Array], key: tuple[int, int]) -> Array:
    """By letter, the forename of those of whom no more than this initial is enrolled."""
    asked = tags(Kind.NAME, [bytes([letter]) + BARE for letter in range(97, 123)], key)
    found = np.full(26, -1, dtype=np.int32)
    at = np.searchsorted(tables["name_tag"], asked)
    for letter, (place, tag) in enumerate(zip(at.tolist(), asked, strict=True)):
        if place == tables["name_tag"].size or tables["name_tag"][place] != tag:
            continue
        start, end = tables["name_start"][place : place + 2].tolist()
        for posting in range(start, end):
            if tables["post_cost"][posting] == 0 and tables["post_role"][posting] == 0:
                found[letter] = tables["post_token"][posting]
    return found
