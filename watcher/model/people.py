"""Who is enrolled: in clear while the roster is read, as an opaque ref afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """
    One row of the roster, in clear, in memory, while it is being enrolled.

    `numbers` are (role, value) with role `pay_number`, `warrant_number` or
    `collar_number`. Empty text means that the roster does not say.
    """

    ref: str
    forename: str = field(default="", repr=False)
    middle: str = field(default="", repr=False)
    surname: str = field(default="", repr=False)
    known_as: str = field(default="", repr=False)
    previous_surname: str = field(default="", repr=False)
    rank: str = field(default="", repr=False)
    numbers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    vetting: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    photo: str = field(default="", repr=False)
    risk_group: str = field(default="", repr=False)
    public: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """What the index still knows of a person: an opaque ref and two flags."""

    ref: str
    high_risk: bool = False
    public: bool = False
