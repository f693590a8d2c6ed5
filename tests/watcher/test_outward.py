"""The rules of the way out: hosts, proxy, trust, waiting."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.fetch.proxied import service, table
from watcher.config.settings import Network
from watcher.errors import ConfigError
from watcher.outward import (
    by_tor,
    canonical,
    direct,
    is_host,
    is_service,
    numeric,
    onion,
    proxy,
    retry_after,
    tls,
    tor,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


# ---------------------------------------------------------------------- hosts


@settings(max_examples=200)
@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_address_is_the_same_address(address: ipaddress.IPv4Address) -> None:
    """One number, hexadecimal, octal and dotted forms are recognised as one."""
    whole = int(address)
    rest = whole & 0xFFFFFF
    for spelled in (str(whole), hex(whole), f"0{whole:o}", f"{whole >> 24}.{rest}", str(address)):
        assert numeric(spelled) == str(address)
        assert canonical(f"{spelled}.") == str(address)


@pytest.mark.parametrize(
    ("host", "spelled"),
    [
        ("FOI.Example.", "foi.example"),
        ("[::1]", "::1"),
        ("127.1", "127.0.0.1"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("①②⑦.1", "127.0.0.1"),
        ("foi。example。", "foi.example"),
        ("", ""),
    ],
)
def test_a_host_has_one_spelling(host: str, spelled: str) -> None:
    """However it is written; a name beyond ASCII as the web client asks for it."""
    assert canonical(host) == spelled


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_a_spelling_is_final(host: str) -> None:
    """Any text has a spelling, and that of a host is its own."""
    spelled = canonical(host)
    if is_host(spelled):
        assert canonical(spelled) == spelled


def test_what_is_no_host_is_none() -> None:
    """A scheme, a port, a network or a space stands beside a host, and is not part of one."""
    for wrong in ("", "http://foi.example", "foi.example:80", "10.0.0.0/8", "a b", "127.0.0.1 b"):
        assert not is_host(canonical(wrong)), wrong


# ---------------------------------------------------------------------- proxy


def test_a_name_is_itself_and_a_leading_dot_what_is_below() -> None:
    """In whatever spelling, on either side."""
    network = Network(
        no_proxy=("chat.force.example.", "127.1", ".Inner.example.", "[::1]", ".bücher.example")
    )
    for host in (
        "CHAT.force.example",
        "chat.force.example.",
        "127.0.0.1",
        "2130706433",
        "a.inner.example",
        "a.b.inner.example.",
        "::1",
        "www.bücher.example",
        "www.xn--bcher-kva.example",
    ):
        assert direct(network, host), host
    for host in ("inner.example", "notinner.example", "x.chat.force.example", "127.0.0.2", ""):
        assert not direct(network, host), host


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://proxy.example:8080",
        "http://10.0.0.1",
        "http://[::1]:3128",
        "http://u:p@proxy:80/",
    ],
)
def test_a_proxy_is_taken_as_it_is_written(text: str) -> None:
    """No proxy is one, too."""
    assert proxy(Network(proxy=text)) == text


@pytest.mark.parametrize(
    "text",
    ["proxy.example:8080", "socks5://proxy.example", "https://proxy.example", "http://", "http://:80",
     "http://[::1", "http://a b:80", "http://proxy:99999", "http://u:s3cret@proxy:x", "http://proxy\n"],
)  # fmt: skip
def test_what_is_no_proxy_names_its_key(text: str) -> None:
    """Told before anything is sent."""
    with pytest.raises(ConfigError, match=r"^network\.proxy: needs the form") as caught:
        proxy(Network(proxy=text))
    assert "s3cret" not in str(caught.value)


# ---------------------------------------------------------------------- trust


def _certificate(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    assert by.curve.name == key.curve.name
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
    )


def _handshake(server: ssl.SSLContext, client: ssl.SSLContext) -> None:
    """Raises ssl.SSLError if the client does not trust the server."""
    near, far = socket.socketpair()

    def serve() -> None:
        try:
            with server.wrap_socket(far, server_side=True):
                pass
        except OSError:
            far.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(near, server_hostname="site.example"):
            pass
    finally:
        near.close()
        thread.join()


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize("root", [True, False])
def test_an_authority_that_the_operator_names_is_trusted(tmp_path: Path, *, root: bool) -> None:
    """On every Python: without key usage and key identifiers, and if another authority signed it."""
    authority, upper, site = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    sha = hashes.SHA256()
    issuer, signer = ("proxy", authority) if root else ("upper", upper)
    constraint = x509.BasicConstraints(ca=True, path_length=None)
    plain = _certificate("proxy", authority, issuer, signer)
    signed = plain.add_extension(constraint, critical=True).sign(signer, sha)
    names = x509.SubjectAlternativeName([x509.DNSName("site.example")])
    leaf = _certificate("site", site, "proxy", authority).add_extension(names, critical=False)
    (tmp_path / "ca.pem").write_bytes(_pem(signed))
    (tmp_path / "site.pem").write_bytes(
        _pem(leaf.sign(authority, sha))
        + site.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(tmp_path / "site.pem")
    _handshake(server, tls(Network(ca_file=tmp_path / "ca.pem")))
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(server, tls(Network()))


def test_a_ca_file_that_is_none_is_named(tmp_path: Path) -> None:
    """Missing, or without a certificate."""
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing")
    for file in (empty, tmp_path / "missing.pem"):
        with pytest.raises(ConfigError, match=rf"^network\.ca_file: {file}: cannot be loaded"):
            tls(Network(ca_file=file))


# -------------------------------------------------------------------- waiting


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 12:02:00 GMT", 120.0),
        ("Sunday, 22-Nov-26 12:02:00 GMT", 120.0),
        ("Sun, 22 Nov 2026 12:02:00 -0000", 120.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("99999999", 86_400.0),
        ("9" * 400, 86_400.0),
        ("Sun, 22 Nov 2099 12:00:00 GMT", 86_400.0),
        ("Mon, 01 Jan 2026 00:00:00 +99999999999999", None),
        ("99999999999999999999 Jan 2026 00:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    """Digits or an HTTP date, never negative, never more than a day; nonsense says nothing."""
    assert retry_after(text, NOW) == seconds


_WORDS = (
    "Mon,",
    "01",
    "Jan",
    "2026",
    "00:00:00",
    "::",
    "GMT",
    "-0000",
    "+9999",
    "9" * 20,
    "²",
    "(",
)


@given(st.text() | st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join))
def test_no_wait_is_too_odd(text: str) -> None:
    """Whatever a server sends, the wait lies between nothing and a day."""
    wait = retry_after(text, NOW)
    assert wait is None or 0 <= wait <= 86_400


# ------------------------------------------------------------------------ Tor

# Of the Tor Project's own list of its services.
TOR_PROJECT = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"


@pytest.mark.parametrize("host", ["a.onion", "A.ONION.", "onion", "www.a.onion", "a。ｏnion"])
def test_only_tor_may_be_asked_for_an_onion_name(host: str) -> None:
    """However it is spelled."""
    assert onion(host)


@pytest.mark.parametrize("host", ["onion.example", "a.onions", "aonion", "", "127.0.0.1", "::1"])
def test_other_names_are_not_onion_names(host: str) -> None:
    """Though they have the word in them."""
    assert not onion(host)


@given(st.binary(min_size=8, max_size=8), st.integers(0, 55), st.sampled_from("abcz27"))
def test_an_onion_name_agrees_with_itself(seed: bytes, place: int, letter: str) -> None:
    """A service's name is taken, and one with another letter anywhere is not."""
    name = service(seed.hex())
    assert is_service(name)
    assert is_service(f"www.{name.upper()}.")
    other = name[:place] + letter + name[place + 1 :]
    assert is_service(other) == (other == name)


def test_a_real_onion_name_is_one() -> None:
    """And what was one until 2021 (16 letters) is none."""
    assert is_service(TOR_PROJECT)
    for other in ("expyuzz4wqqyqhjn.onion", "onion", ".onion", f"{TOR_PROJECT}.example", "8.onion"):
        assert not is_service(other)


@pytest.mark.parametrize(
    "options",
    [
        {"url": f"http://{TOR_PROJECT}/list"},
        {"host": TOR_PROJECT.upper()},
        {"raw": "https://user@www.a.onion:8080/{key}?x#y"},
        {"mirrors": ["https://site.example/", {"second": "//a.onion"}]},
        {"url": "http://a。onion/"},
    ],
)
def test_a_source_with_an_onion_address_is_known(options: dict[str, object]) -> None:
    """Wherever in its table it stands."""
    (named,) = table("board", via="", options=options).values()
    assert by_tor(named)


@pytest.mark.parametrize(
    "options",
    [{}, {"url": "https://onion.example/", "every": 5}, {"pattern": r"http://[a-z2-7]{56}\.onion/\w+"},
     {"expect": ["The Onion", ".onion"]}],
)  # fmt: skip
def test_a_source_in_clear_is_left_alone(options: dict[str, object]) -> None:
    """A word or a pattern is no address; `via` decides in any case."""
    (plain,) = table("board", via="", options=options).values()
    (told,) = table("board", options=options).values()
    assert not by_tor(plain)
    assert by_tor(told)


def test_the_tor_proxy_is_an_address_and_a_port() -> None:
    """Numeric, so that nothing is looked up; "" for none; all else is named by its key."""
    assert tor(Network()) == ("127.0.0.1", 9050)
    assert tor(Network(tor="socks5://[::1]:9150")) == ("::1", 9150)
    assert tor(Network(tor="")) is None
    for wrong in ("127.0.0.1:9050", "http://127.0.0.1:9050", "socks5://127.0.0.1", "socks5://[::1",
                  "socks5://tor:9050", "socks5://u:p@127.0.0.1:9050", "socks5://127.0.0.1:9050/x",
                  "socks5h://127.0.0.1:9050", "socks5://127.0.0.1:99999"):  # fmt: skip
        with pytest.raises(ConfigError, match=r"network\.tor"):
            tor(Network(tor=wrong))
