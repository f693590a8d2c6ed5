"""
Public words: headings of staff lists, ranks, vetting levels, police words.

One vocabulary for enrolling a roster and for reading a leak, so that both
sides agree. Nothing here is secret or personal.
"""

from __future__ import annotations

import enum


class Field(enum.StrEnum):
    """What a column can hold. The first group are the roster's own columns."""

    REF = "ref"
    FORENAME = "forename"
    MIDDLE = "middle"
    SURNAME = "surname"
    KNOWN_AS = "known_as"
    PREVIOUS_SURNAME = "previous_surname"
    RANK = "rank"
    PAY_NUMBER = "pay_number"
    WARRANT_NUMBER = "warrant_number"
    COLLAR_NUMBER = "collar_number"
    EMAIL = "email"
    VETTING = "vetting"
    UNIT = "unit"
    LOCATION = "location"
    PHOTO = "photo"
    RISK_GROUP = "risk_group"
    PUBLIC = "public"
    # met in leaks only
    NAME = "name"  # a full name in one cell
    INITIALS = "initials"
    NUMBER = "number"  # an id of a kind the heading does not tell
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    NEXT_OF_KIN = "next_of_kin"
    VEHICLE = "vehicle"
    NATIONAL_INSURANCE = "national_insurance"
    PASSWORD = "password"  # noqa: S105  # a heading's name
    HR = "hr"  # gender, contract, start date and the like


police_words: frozenset[str] = frozenset({"police", "constable", "officer"})


def heading(text: str) -> Field | None:
    """The field that this column heading names, or None."""
    raise NotImplementedError


def headings(row: list[str]) -> dict[int, Field]:
    """Column number (0-based) → field, for the cells of a row that are headings."""
    raise NotImplementedError


def rank(text: str) -> str | None:
    """The canonical rank this token or phrase names (`constable`), or None."""
    raise NotImplementedError


def is_vetting(text: str) -> bool:
    """Whether a whole cell is a vetting level."""
    raise NotImplementedError
