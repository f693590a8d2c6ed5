from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.watcher.read.made import parts, unread, walked
from watcher.model import Part, Unread
from watcher.read.mail.signed import is_message

INSIDE = b"Content-Type: text/csv; name=l.csv\r\nContent-Transfer-Encoding: 7bit\r\n\r\nAdebayo,1\r\nQuill,2\r\n"


def _made() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ffion")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 7)
    made = made.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
    made = made.not_valid_after(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=9))
    return key, made.sign(key, hashes.SHA256())


KEY, CERTIFICATE = _made()


def signed(encoding: serialization.Encoding) -> bytes:
    made = pkcs7.PKCS7SignatureBuilder().set_data(INSIDE)
    made = made.add_signer(CERTIFICATE, KEY, hashes.SHA256())
    return made.sign(encoding, [pkcs7.PKCS7Options.Binary])


DER = signed(serialization.Encoding.DER)


def test_what_is_signed_is_opened() -> None:
    """In a file of its own, and in a mail whose whole body it is."""
    assert is_message(DER)
    assert parts(walked(DER))["signed!/l.csv"].table
    mail = b"From: a@b\r\nTo: c@d\r\nSubject: x\r\n" + signed(serialization.Encoding.SMIME)
    items = walked(mail)
    assert unread(items) == []
    assert [each for where, each in parts(items).items() if where.endswith("signed!/l.csv")]


def test_what_is_enveloped_is_encrypted() -> None:
    """Whoever has the key can read it; we have none."""
    made = pkcs7.PKCS7EnvelopeBuilder().set_data(INSIDE).add_recipient(CERTIFICATE)
    body = made.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    assert unread(walked(body)) == [("", "encrypted")]


def test_lengths_that_are_not_told_and_octets_in_pieces(tmp_path: Path) -> None:
    """As OpenSSL streams them."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl")
    large = INSIDE + b"Ffion,3\r\n" * 20_000
    (tmp_path / "in").write_bytes(large)
    (tmp_path / "key").write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (tmp_path / "cert").write_bytes(CERTIFICATE.public_bytes(serialization.Encoding.PEM))
    options = "-sign -binary -nodetach -stream -outform DER -in in -out out -signer cert -inkey key"
    command = [openssl, "cms", *options.split()]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    body = (tmp_path / "out").read_bytes()
    assert body[1] == 0x80
    items = walked(body)
    assert unread(items) == []
    assert parts(items)["signed!/l.csv"].text.count("Ffion") == 20_000


def test_a_torn_one_is_read_as_far_as_it_goes() -> None:
    """And said to be broken."""
    items = walked(DER[: DER.index(b"Quill")])
    assert "Adebayo" in "".join(each.text for each in items if isinstance(each, Part))
    assert "broken" in [why for _, why in unread(items)]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 120), st.binary(max_size=12))
def test_whatever_comes_in_is_read_or_told(at: int, junk: bytes) -> None:
    """No bytes make it raise."""
    items = walked(DER[:at] + junk + DER[at + len(junk) :])
    assert all(isinstance(each, Part | Unread) for each in items)
