"""Identifiers of one row."""

from __future__ import annotations

from matchers.people.said import MailHit, Named, NumberHit
from watcher.api import Family

HIT = NumberHit({"pay_number": (3, 5), "collar_number": (2, 5)}, 10.0)


def test_a_number_means_everybody_who_has_it_in_any_role() -> None:
    assert HIT.everybody == (2, 3, 5)


def test_only_roles_in_which_it_means_one_of_these_are_left() -> None:
    """Whole: who else has it in that role stays."""
    assert HIT.among({3}) == {"pay_number": (3, 5)}
    assert HIT.among({5}) == HIT.officers
    assert HIT.among({9}) == HIT.among(set()) == {}


def test_an_address_made_of_a_number_is_that_number_once_more() -> None:
    """Two of one family never multiply."""
    assert MailHit((1,), 10.0, force=True, numeric=True).family is Family.NUMBER
    assert MailHit((1,), 10.0, force=True).family is Family.MAIL


def test_a_name_is_exact_unless_it_says_otherwise() -> None:
    assert Named((1,)) == ((1,), 0, 0)
