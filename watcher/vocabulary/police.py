"""Police words, tokens that mean other things as well, and vetting levels."""

from __future__ import annotations

import re
from functools import lru_cache

police_words: frozenset[str] = frozenset(
    """
    police policing policeman policemen policewoman policewomen constable constables
    constabulary pc pcs pcso pcsos wpc sergeant sergeants sgt sgts
    inspector inspectors insp superintendent superintendents supt detective detectives
    dci tdc det cid psni polfed pfew pnn nppv
    """.split()  # noqa: SIM905  # reads better than forty quoted words
)
"""Folded single words that make their surroundings a police context."""

ambiguous: frozenset[str] = frozenset(
    """
    ac aps cc ci con cs ctc cso dac dc di do ds dsu dv fin mv pi ps psi rv sc so spc sup
    """.split()  # noqa: SIM905  # as above
)
"""
Folded rank and vetting tokens that mean other things as well: they count only
in a column of their class, or right beside a name or a number.
"""

_LEVEL = (
    r"(?:RV|MV|NPPV\s?-?(?:L(?:evel)?\s?)?[1-3](?:\s?\(?(?:abbrev(?:iated)?|full|enhanced)\)?)?"
    r"|CTC|e?SC|SC\s?\((?:E|enhanced)\)|SC\s?enhanced|DV|BPSS|STRAP"
    r"|(?:force\s|recruit(?:ment)?\s|management\s|developed\s)(?:vetting|vetted)"
    r"|security\scheck(?:\s\(?enhanced\)?)?|enhanced\ssecurity\scheck"
    r"|counter[\s-]terroris[mt]\scheck|baseline\spersonnel\ssecurity\sstandard"
    r"|non[\s-]police\spersonnel\svetting(?:\slevel)?\s?[1-3]?)"
)
_CELL = re.compile(
    rf"{_LEVEL}(?:\s?(?:[/+,;&]|and)\s?{_LEVEL})*(?:\s?[(\-–]?\s?(?:expired|pending|lapsed|current|valid)\)?)?",
    re.IGNORECASE,
)
LONGEST = 80  # characters


@lru_cache(maxsize=1 << 14)
def is_vetting(text: str) -> bool:
    """Whether a whole cell is a vetting level (Vetting APP 2017, §5.4–5.7, and NPPV 1–3)."""
    return len(text) <= LONGEST and _CELL.fullmatch(" ".join(text.split())) is not None
