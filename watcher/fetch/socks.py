"""
SOCKS 5 as Tor speaks it: a name is handed over and never looked up, under credentials of its own.

RFC 1928 and RFC 1929, CONNECT and nothing else. The only method that is offered
is user and password: Tor keeps streams of different users on different circuits
(`IsolateSOCKSAuth`), and a proxy that was also offered "none" could take that,
and put all sources on one circuit without a word. That, and the codes by which
Tor says what failed, is what the libraries for this leave out.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

import aiohttp

GREETING = b"\x05\x01\x02"  # version 5, one method: user and password (RFC 1928 §3)
ACCEPTED = b"\x05\x02"

# RFC 1928 §6; from 0xF0 on Tor's own (tor(1), `ExtendedErrors`).
REPLIES = {
    0x01: "Tor could not reach it (general failure)",
    0x02: "Tor may not go there (with `OnionTrafficOnly`, only to onion addresses)",
    0x03: "Tor found no network to reach it through",
    0x04: "Tor could not reach its host",
    0x05: "Tor reached it, and the connection was refused there",
    0x06: "Tor gave up waiting for it",
    0x07: "the proxy does not connect for us; is it tor's SOCKS port?",
    0x08: "the proxy does not take this kind of address",
    0xF0: "the onion service is not published: it is down, gone, or not up yet",
    0xF1: "the onion service's descriptor is not valid",
    0xF2: "the onion service could not be introduced to: it may be down or under load",
    0xF3: "the onion service did not come to the meeting point",
    0xF4: "the onion service wants a client authorisation (`ClientOnionAuthDir` in torrc)",
    0xF5: "the onion service does not take this Tor's client authorisation",
    0xF6: "its onion address is not a valid one",
    0xF7: "the onion service did not answer the introduction in time",
}
FINAL = frozenset({0xF6})


class TorError(aiohttp.ClientError):
    """What stands between us and the place. Not an OSError: aiohttp would wrap that as the place's."""


class TorAwayError(TorError):
    """The proxy itself cannot be reached, or hangs up."""


class TorMixesError(TorError):
    """The proxy does not take credentials, so that sources would share circuits."""


class TorRefusedError(TorError):
    """The proxy says that it cannot connect. `code` is its reply."""

    def __init__(self, code: int) -> None:
        super().__init__(f"reply {code:#04x}")
        self.code = code

    @property
    def told(self) -> str:
        """What the reply means."""
        return REPLIES.get(self.code, f"Tor could not reach it (reply {self.code:#04x})")


async def connect(
    sock: socket.socket, host: str, port: int, *, user: bytes, password: bytes
) -> None:
    """
    Have the proxy at the other end of this connection connect to `host`.

    `host` in canonical spelling; `user` and `password` of 1 to 255 bytes.
    Raises TorError.
    """
    try:
        await _send(sock, GREETING)
        if await _receive(sock, 2) != ACCEPTED:
            raise TorMixesError
        credentials = b"".join(bytes([len(each)]) + each for each in (user, password))
        await _send(sock, b"\x01" + credentials)
        if (await _receive(sock, 2))[1] != 0:
            raise TorMixesError
        await _send(sock, b"\x05\x01\x00" + _address(host) + port.to_bytes(2, "big"))
        version, reply, _, kind = await _receive(sock, 4)
        if version != 5:
            raise TorAwayError
        if reply != 0:
            raise TorRefusedError(reply)
        # The address it connected from is of no use, but stands before the answer.
        length = {1: 4, 4: 16}.get(kind) or (await _receive(sock, 1))[0]
        await _receive(sock, length + 2)
    except OSError:
        raise TorAwayError from None


def _address(host: str) -> bytes:
    """As RFC 1928 §5 has it: a number where it is one, else the name itself."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        name = host.encode("ascii")
        if len(name) > 255:  # no name is (RFC 1035 §2.3.4)
            raise TorRefusedError(0x08) from None
        return b"\x03" + bytes([len(name)]) + name
    return (b"\x01" if number.version == 4 else b"\x04") + number.packed


async def _send(sock: socket.socket, data: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(sock, data)


async def _receive(sock: socket.socket, count: int) -> bytes:
    """Exactly so many bytes: what follows them belongs to the place."""
    data = b""
    while len(data) < count:
        more = await asyncio.get_running_loop().sock_recv(sock, count - len(data))
        if not more:
            raise TorAwayError
        data += more
    return data
