"""
The rules of the way out, for all that goes out: reading pages and telling of alerts.

Whom past the proxy, whom to trust, and for how long to stay away. No
connection is made here, and no name is resolved.
"""

from __future__ import annotations

import binascii
import hashlib
import ipaddress
import re
import socket
import ssl
from base64 import b32decode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from watcher.config.settings import Network, SourceTable
from watcher.errors import ConfigError

DAY = 86_400.0  # seconds; nobody may silence us for longer
HERE = frozenset({"folder"})  # kinds of sources that ask nobody over the network
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.ASCII)
_WORD = re.compile(r"[^\s/?#@:\\\"'<>(),;]+")  # where a host may stand in a setting

# ---------------------------------------------------------------------- hosts


def canonical(host: str) -> str:
    """
    One spelling for each host: lower case, no final dot, no brackets, addresses as digits.

    A name beyond ASCII is spelled as it is asked for (RFC 5891).
    """
    plain = _spelled(host)
    return numeric(plain) or plain


def is_host(host: str) -> bool:
    """Whether this canonical spelling is one of a host: a name or an address, nothing beside it."""
    return bool(_NAME.fullmatch(host) or numeric(host))


def numeric(host: str) -> str:
    """
    The canonical numeric address that a host is another way of writing, or "".

    Short, octal, hexadecimal and single-number forms are what `inet_aton`
    takes, and with it every resolver: 127.1, 0177.0.0.1, 0x7f.1, 2130706433.
    """
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not _NAME.fullmatch(host):  # inet_aton passes over what follows a space
        return ""
    try:
        return str(ipaddress.IPv4Address(socket.inet_aton(host)))
    except OSError:
        return ""


def _spelled(host: str) -> str:
    plain = host.lower().strip("[]").rstrip(".")
    if plain.isascii():
        return plain
    from yarl import URL  # the web client's own spelling; only a name beyond ASCII needs it

    try:
        return (URL.build(scheme="http", host=plain).raw_host or plain).rstrip(".")
    except ValueError:  # UnicodeError is one
        return plain


# ---------------------------------------------------------------------- proxy


def proxy(network: Network) -> str:
    """`[network] proxy`, "" for none. Raises ConfigError for what is no HTTP proxy's address."""
    text = network.proxy
    try:
        parts = urlsplit(text)
        usable = text.isprintable() and parts.scheme == "http" and parts.port != 0
        usable = usable and is_host(canonical(parts.hostname or ""))
    except ValueError:  # brackets that do not close, a port that is none
        usable = False
    if text and not usable:
        raise ConfigError('network.proxy: needs the form "http://proxy.example:8080"')
    return text


def direct(network: Network, host: str) -> bool:
    """Whether `no_proxy` names this host; a leading dot means the domain below it, not itself."""
    wanted = canonical(host)
    return any(
        wanted.endswith(f".{_spelled(name[1:])}")
        if name.startswith(".")
        else wanted == canonical(name)
        for name in network.no_proxy
    )


# ------------------------------------------------------------------------ Tor


def onion(host: str) -> bool:
    """Whether only Tor may be asked for this name (RFC 7686)."""
    return canonical(host).rpartition(".")[2] == "onion"


def is_service(host: str) -> bool:
    """
    Whether an onion name is that of a service: 56 characters of base32 that agree with themselves.

    Tor's rend-spec-v3, "Encoding onion addresses": public key, checksum, version.
    """
    labels = canonical(host).split(".")
    try:
        key = b32decode(labels[-2], casefold=True) if labels[-1] == "onion" else b""
    except (binascii.Error, IndexError):
        return False
    said = hashlib.sha3_256(b".onion checksum" + key[:32] + b"\x03").digest()[:2]
    return len(key) == 35 and key[32:] == said + b"\x03"


def by_tor(table: SourceTable) -> bool:
    """Whether all that this source asks for goes through Tor: it says so, or names an onion address."""
    return table.via == "tor" or any(
        "." in host and is_host(host) and onion(host)
        for text in _texts(table.options)
        for host in map(canonical, _WORD.findall(text))
    )


def tor(network: Network) -> tuple[str, int] | None:
    """
    Address and port of `[network] tor`; None where it is "".

    Raises ConfigError for what is no SOCKS port's address. It is numeric, so
    that nothing at all is looked up on this way.
    """
    text = network.tor
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
        if parts.scheme == "socks5" and port and bare and text.isprintable():
            return str(ipaddress.ip_address(host)), port
    except ValueError:  # no address, no port, brackets that do not close
        pass
    raise ConfigError('network.tor: needs the form "socks5://127.0.0.1:9050", "" for none')


def _texts(value: object) -> Iterator[str]:
    """All texts in a setting, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


# ---------------------------------------------------------------------- trust


def tls(network: Network) -> ssl.SSLContext:
    """
    Whom to trust: the system's authorities, and those in `ca_file` beside them.

    Raises ConfigError if the file cannot be loaded.
    """
    context = ssl.create_default_context()
    # Python 3.13 turned both on. The first refuses authorities that leave out
    # what RFC 5280 asks of a certificate (key usage, key identifiers), as those
    # of many inspecting proxies do: an upgrade of Python would cut the service
    # off. The second takes an authority in `ca_file` at its word, though it
    # is not a root. Decided once, so that every Python of ours does the same.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    if network.ca_file is not None:
        try:
            context.load_verify_locations(cafile=network.ca_file)
        except OSError as problem:  # ssl.SSLError is one
            raise ConfigError(
                f"network.ca_file: {network.ca_file}: cannot be loaded "
                f"({problem.strerror or 'no certificate in it'});"
                " give a readable PEM file of the authority's certificates"
            ) from problem
    return context


# -------------------------------------------------------------------- waiting


def delay_seconds(text: str) -> float | None:
    """RFC 9110's delay-seconds (digits only), at most a day; None for anything else."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return min(float(text[:20]), DAY)


def retry_after(text: str, now: datetime) -> float | None:
    """Seconds from now (RFC 9110 §10.2.3: digits or a date), between 0 and a day; None for nonsense."""
    plain = delay_seconds(text)
    if plain is not None or not text.strip():
        return plain
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a zone or a number beyond all bounds overflows
        return None
    if when.tzinfo is None:  # "-0000", and dates without a zone: HTTP dates are UTC
        when = when.replace(tzinfo=UTC)
    return min(max((when - now).total_seconds(), 0.0), DAY)
