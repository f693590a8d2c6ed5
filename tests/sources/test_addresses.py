"""Addresses of known hosts, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.addresses import LONGEST, TRIED, Addresses

FINDS = Addresses(("paste.example", "x.st", "files.paste.example", "127.0.0.1:8080"))


def found(text: str) -> list[str]:
    return [address for _, address, _ in FINDS.find(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://paste.example/p/1", "https://paste.example/p/1"),
        ("HTTPS://WWW.Paste.Example/p/Ab", "https://paste.example/p/Ab"),
        ("http://paste.example/p/1", "http://paste.example/p/1"),
        ("paste.example/p/1", "https://paste.example/p/1"),
        ("see (paste.example/p/1).", "https://paste.example/p/1"),
        ("paste.example/p/a_(b)", "https://paste.example/p/a_(b)"),
        ("**paste.example/p/1**", "https://paste.example/p/1"),
        ("hxxps://paste[.]example/p/1", "https://paste.example/p/1"),
        ("hxxp[:]//paste[.]example[/]p[/]1", "http://paste.example/p/1"),
        ("paste(dot)example/p/1", "https://paste.example/p/1"),
        ("paste [dot] example/f[.]zip", "https://paste.example/f.zip"),
        ("paste dot example/p/1", "https://paste.example/p/1"),
        ("x[.]st/1", "https://x.st/1"),
        ("files.paste.example/1", "https://files.paste.example/1"),
        ("http://127.0.0.1:8080/k", "http://127.0.0.1:8080/k"),
        ('<a href="https://paste.example/p?a=1&amp;b=2">x</a>', "https://paste.example/p?a=1&b=2"),
        (r'{"url": "https:\/\/paste.example\/p\/1"}', "https://paste.example/p/1"),
        ("naïve — https://paste.example/p/1", "https://paste.example/p/1"),
        ("https://cache.example/https://paste.example/p/1", "https://paste.example/p/1"),
    ],
)
def test_found(text: str, address: str) -> None:
    """With a scheme or without one, taken apart, escaped, or in a sentence."""
    assert found(text) == [address]
    assert found(f"line\n{text}\nline") == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/away?to=https%3A%2F%2Fpaste.example%2Fp%2F1&sign=x", "https://paste.example/p/1"),
        (
            "/url?q=https%3a%2f%2fwww.paste.example%2fp%2f1%3Fraw%3D1",
            "https://paste.example/p/1?raw=1",
        ),
        ("?u=http%253A%252F%252Fpaste.example%252Fp%252F1", "http://paste.example/p/1"),
        ("?u=paste.example%2Fp%2F1", "https://paste.example/p/1"),
        ("/link/https%3A%2F%2Fpaste.example%2F1/more", "https://paste.example/1/more"),
        ("<https://safe.example/?url=https%3A%2F%2Fx.st%2F1&data=05%7C01>", "https://x.st/1"),
        ("?u=http%3A%2F%2F127.0.0.1%3A8080%2Fk", "http://127.0.0.1:8080/k"),
    ],
)
def test_found_in_what_leads_there(text: str, address: str) -> None:
    """Percent-encoded (RFC 3986 §2.1), once or more, as the value of a parameter or a step of a path."""
    assert address in found(text)
    assert address in found(f"line https://away.example{text}\nline")


@pytest.mark.parametrize(
    "text",
    [
        "?u=https%3A%2F%2Fnotpaste.example%2Fp",
        "?u=https%3A%2F%2Fpaste.example.org%2Fp",
        "?u=someone%40paste.example%2Fp",
        "?u=https%3A%2F%2Fpaste.example",
        "%2F",
        "100%",
    ],
)
def test_not_found_in_what_leads_elsewhere(text: str) -> None:
    """The rules are the same."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "notpaste.example/p/1",
        "other.paste.example/p/1",
        "someone@paste.example/p/1",
        "paste.example",
        "https://paste.example@other.example/p/1",
        "paste.example.org/p/1",
        "paste-example/p/1",
        "127.0.0.1:80801/k",
        "",
        "/",
    ],
)
def test_not_found(text: str) -> None:
    """Another host, an account at one, or no path."""
    assert found(text) == []


@given(
    st.text(max_size=60),
    st.sampled_from(("", "https://", "hxxp://")),
    st.sampled_from(("paste.example", "paste[.]example", "PASTE dot example")),
    st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True),
    st.text(max_size=60),
)
def test_what_is_named_is_found_in_any_text(
    before: str, scheme: str, host: str, key: str, after: str
) -> None:
    """Whatever stands around it, with white space between."""
    wanted = f"/{key}"
    assert any(
        each.startswith("http") and each.endswith(wanted)
        for each in found(f"{before} {scheme}{host}/{key} {after}")
    )


@given(st.text(alphabet="paste.exml[]/(dot) \\:h\x1f\né%2F5", max_size=200))
def test_any_text_may_be_searched(text: str) -> None:
    """Nothing fails, and what is found is an address of a known host, within bounds."""
    for host, address, end in FINDS.find(text):
        assert address.split("/")[2] == host
        assert len(address) <= LONGEST + len(host) + 10
        assert 0 < end <= len(text)


def test_a_text_of_nothing_else_is_bounded() -> None:
    """An enemy's text cannot keep us."""
    assert len(found("paste.example/1\n" * (3 * TRIED))) == TRIED
    assert len(found("paste.example%2F1\n" * (3 * TRIED))) == TRIED
