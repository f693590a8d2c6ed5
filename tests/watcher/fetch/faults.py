"""Servers that do everything wrong, on loopback; each counts what it is asked."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

WELL = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nwell"


@dataclass
class Server:
    """`asked`: the request lines of all that came. `port`: where it listens."""

    asked: list[str] = field(default_factory=list)
    port: int = 0

    def url(self, host: str = "127.0.0.1", scheme: str = "http", path: str = "/page") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@asynccontextmanager
async def server(
    talk: Talk, *, tls: ssl.SSLContext | None = None, well: bool = True
) -> AsyncIterator[Server]:
    """Any request is answered by `talk`; with `well`, one for /well by WELL."""
    here = Server()

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                line = head.partition(b"\r\n")[0].decode()
                here.asked.append(line)
                if well and line.split()[1] == "/well":
                    writer.write(WELL)
                    await writer.drain()
                    continue
                await talk(reader, writer)
                break
        writer.close()

    listening = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls)
    async with listening:
        here.port = listening.sockets[0].getsockname()[1]
        yield here


def says(*pieces: bytes) -> Talk:
    """These bytes, then the connection is closed."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return talk


def stalls(*pieces: bytes) -> Talk:
    """These bytes, then nothing until the other side goes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await says(*pieces)(reader, writer)
        await reader.read()

    return talk


def floods(beginning: bytes, drip: bytes) -> Talk:
    """This beginning, then the same again and again as fast as it is taken."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        while True:
            writer.write(drip)
            await writer.drain()

    return talk


def trickles(beginning: bytes, drip: bytes) -> Talk:
    """This beginning, then a drip at a time, each when the one before was taken."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        while True:
            writer.write(drip)
            await writer.drain()
            await asyncio.sleep(0.01)  # a server's own slowness, which nothing waits for

    return talk


def resets(*pieces: bytes) -> Talk:
    """These bytes, then the connection is reset (RST), not closed."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await says(*pieces)(reader, writer)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return talk


def certificate(
    folder: Path,
    *,
    names: tuple[str, ...] = ("127.0.0.1",),
    begins: timedelta = timedelta(hours=-1),
    ends: timedelta = timedelta(days=1),
) -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate for these names: its file, and the server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    kinds: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address(each)) if each[0].isdigit() else x509.DNSName(each)
        for each in names
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName(kinds), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
