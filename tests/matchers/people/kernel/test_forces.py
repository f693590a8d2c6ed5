"""Whose a domain is."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.people.kernel.forces import is_force
from matchers.people.siphash import Kind, halves, tag
from tests.matchers.people.kernel.windows import KEY, index
from tests.matchers.people.oracles import is_police

WATCHED = ("watched.example", "deep.force.example", "example.org")
KNOWN = index([], *WATCHED)
LABELS = st.sampled_from(
    ["watched", "example", "deep", "force", "org", "police", "uk", "je", "x", "notpolice"]
)


@settings(deadline=None, max_examples=300)  # the first call compiles
@given(st.lists(LABELS, min_size=1, max_size=5).map(".".join))
def test_a_watched_domain_one_below_it_or_a_police_force_s(domain: str) -> None:
    """And no domain above one, and none that only ends alike."""
    work = np.frombuffer(f"a@{domain}".encode(), dtype=np.uint8)
    own = np.uint64(tag(Kind.MAIL, domain.encode(), halves(KEY)))
    expected = is_police(domain.encode()) or any(
        domain == each or domain.endswith("." + each) for each in WATCHED
    )
    assert is_force(KNOWN.key, KNOWN.domain_tag, work, 2, work.size, own) == expected


def test_where_nothing_is_watched_police_are_police() -> None:
    none = np.zeros(0, dtype=np.uint64)
    for domain, police in (
        (b"x.police.uk", True),
        (b"police.je", True),
        (b"e", False),
        (b"a.b.uk", False),
    ):
        work = np.frombuffer(domain, dtype=np.uint8)
        assert is_force(KNOWN.key, none, work, 0, work.size, np.uint64(1)) == police
