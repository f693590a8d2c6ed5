"""Addresses."""

from __future__ import annotations

from matchers.people import mail
from matchers.people.fold import fold


def test_an_address_is_one_whatever_its_case_tag_and_pnn() -> None:
    plain = mail.address("john.smith@force.police.example")
    for text in (
        "John.Smith@Force.Police.Example",
        "john.smith+news@force.police.example",
        "John Smith <john.smith@force.pnn.police.example>",
        "mailto:john.smith@force.police.example.",
    ):
        assert mail.address(text) == plain


def test_no_address() -> None:
    for text in ("", "john", "john@", "@example.org", "john @ example.org", "a@b"):
        assert mail.address(text) == b""


def test_a_secret_beside_an_address_is_seen_and_skipped() -> None:
    text = fold("a.b@example.org:John Smith")
    (found,) = mail.find(text)
    assert text[found.end : found.until] == b":john"
    for beside in (":hunter22", ";hunter22", "\thunter22", "|hunter22", ": hunter22"):
        (found,) = mail.find(fold("a.b@example.org" + beside))
        assert found.until > found.end, beside
    for beside in (
        "",
        " hunter22",
        "://example.org",
        ":",
        ": no",
        ": hello to all",
        "; c@d.example",
        ";c@d.example",
    ):
        found = mail.find(fold("a.b@example.org" + beside))[0]
        assert found.until == found.end, beside


def test_own_domains_are_those_of_many_and_no_free_mail() -> None:
    addresses = [f"x{i}@force.example".encode() for i in range(98)]
    addresses += [b"a@gmail.com"] * 50 + [b"b@spouse.example"]
    assert mail.own_domains(addresses) == [b"force.example"]
