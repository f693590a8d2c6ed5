"""
A private Tor network on loopback: three directory authorities, a relay, an onion service, a client.

Real tor, and none of it leaves the machine: every address is 127.0.0.1, no
relay is an exit, and the directory is the network's own. `TestingTorNetwork`
makes it vote within seconds (tor(1), "TESTING NETWORK OPTIONS"). What is waited
for is said by tor itself, in its log and on its control ports.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("tor", "tor-gencert")
AUTHORITIES, RELAYS = 3, 1  # fewer relays and no circuit of three hops is found to the service
PATIENCE = 90.0  # seconds for the network to be there: 15 to 30 on a quiet machine
ENDING = 10.0  # seconds for a process that was told to end

EVERY = """
TestingTorNetwork 1
DataDirectory {folder}
Nickname {name}
__OwningControllerProcess {owner}
ShutdownWaitLength 0
AddressDisableIPv6 1
AssumeReachable 1
PathsNeededToBuildCircuits 0.25
TestingDirAuthVoteExit *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteGuard *
V3AuthNIntervalsValid 2
TestingMinExitFlagThreshold 0
"""
ROUTER = """
SocksPort 0
Log notice file {folder}/notices.log
Address 127.0.0.1
ORPort 127.0.0.1:{onion_port}
DirPort 127.0.0.1:{directory_port}
OutboundBindAddress 127.0.0.1
ExitRelay 0
ExitPolicy reject *:*
ServerDNSDetectHijacking 0
ServerDNSTestAddresses
ServerDNSResolvConfFile {folder}/resolv.conf
ServerDNSAllowBrokenConfig 1
ContactInfo none@invalid
"""
AUTHORITY = """
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
TestingV3AuthInitialVotingInterval 5
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
V3AuthVotingInterval 10
V3AuthVoteDelay 2
V3AuthDistDelay 2
TestingV3AuthVotingStartOffset 0
"""
SERVICE = """
SocksPort 0
Log [rend]info [*]notice stdout
HiddenServiceDir {folder}/service
HiddenServicePort 80 127.0.0.1:{site}
"""
# The first line is docs/operating.md's, for sources that go to onion addresses alone.
CLIENT = """
SocksPort 127.0.0.1:{socks} IsolateSOCKSAuth OnionTrafficOnly ExtendedErrors
ControlPort 127.0.0.1:{control}
Log notice stdout
"""


@dataclass(frozen=True, slots=True)
class Onion:
    """The network: the service's name, the client's ports, and the process that is the client."""

    name: str
    socks: int
    control: int
    client: asyncio.subprocess.Process

    async def logins(self) -> set[tuple[str, str]]:
        """The SOCKS users of the client's circuits, and the circuits: (user, circuit)."""
        async with controlled(self.control) as talk:
            lines = await talk.ask("GETINFO circuit-status")
        found = (re.match(r'(\d+) BUILT .*SOCKS_USERNAME="(\w+)"', line) for line in lines)
        return {(each[2], each[1]) for each in found if each}

    async def end_client(self) -> None:
        """Take the way into the network away."""
        await end(self.client)


@dataclass(frozen=True, slots=True)
class Control:
    """A control port (control-spec), as far as it is needed here."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, command: str) -> Sequence[str]:
        """The lines of the answer; fails if it is not 250."""
        self.writer.write(f"{command}\r\n".encode())
        lines: list[str] = []
        while True:
            line = (await self.reader.readuntil(b"\r\n")).decode().rstrip()
            if line.startswith("250 "):
                return lines
            assert not re.match(r"[45]\d\d", line), line
            lines.append(line)


@asynccontextmanager
async def controlled(port: int) -> AsyncIterator[Control]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        talk = Control(reader, writer)
        await talk.ask("AUTHENTICATE")
        yield talk
    finally:
        writer.close()


@asynccontextmanager
async def onion(folder: Path, *, site: int) -> AsyncIterator[Onion]:
    """The network, up, with a service whose port 80 is this port of loopback. Ends all it started."""
    routers = [f"a{n}" for n in range(AUTHORITIES)] + [f"r{n}" for n in range(RELAYS)]
    control, socks, *ports = free(2 + 2 * len(routers))
    await asyncio.to_thread(written, folder, routers, ports)
    authorities = "".join((folder / name / "line").read_text() for name in routers)
    for name in routers:
        with (folder / name / "torrc").open("a") as file:
            file.write(authorities)
    write(folder / "service", SERVICE + authorities, site=site)
    write(folder / "client", CLIENT + authorities, socks=socks, control=control)
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(PATIENCE):
            for name in routers:
                await stack.enter_async_context(running(folder / name))
            service = await stack.enter_async_context(running(folder / "service"))
            client = await stack.enter_async_context(running(folder / "client"))
            await asyncio.gather(
                said(client, "Bootstrapped 100%"),
                said(service, "descriptor: finished with status 200"),
            )
            stack.enter_context(unheard(service))
            stack.enter_context(unheard(client))
        name = (folder / "service" / "service" / "hostname").read_text().strip()
        yield Onion(name=name, socks=socks, control=control, client=client)


def free(count: int) -> list[int]:
    """Ports of loopback that nobody has at this moment, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def write(folder: Path, text: str, **given: object) -> None:
    """The torrc of a node in this new folder, which is its data directory as well."""
    folder.mkdir(mode=0o700, parents=True)
    told = {"folder": folder, "name": folder.name, "owner": os.getpid()}
    (folder / "torrc").write_text((EVERY + text).format(**told, **given))


def written(folder: Path, routers: Sequence[str], ports: Sequence[int]) -> None:
    """The folders of all routers, with their keys; `line` in each is what the others need of it."""
    with ThreadPoolExecutor() as pool:
        tuple(
            pool.map(
                lambda name, onion_port, directory_port: router(
                    folder / name, onion_port, directory_port
                ),
                routers,
                ports[::2],
                ports[1::2],
            )
        )


def router(folder: Path, onion_port: int, directory_port: int) -> None:
    """One router's folder. An authority's line names it; a relay's is empty."""
    votes = folder.name.startswith("a")
    write(
        folder,
        ROUTER + (AUTHORITY if votes else ""),
        onion_port=onion_port,
        directory_port=directory_port,
    )
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    if not votes:
        (folder / "line").write_text("")
        return
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    place = f"127.0.0.1:{directory_port}"
    subprocess.run(
        ["tor-gencert", "--create-identity-key", "--passphrase-fd", "0", "-m", "12", "-a", place,
         "-i", keys / "authority_identity_key", "-s", keys / "authority_signing_key",
         "-c", keys / "authority_certificate"],
        input=b"\n", check=True, capture_output=True,
    )  # fmt: skip
    identity = re.search(
        r"^fingerprint ([0-9A-F]{40})$", (keys / "authority_certificate").read_text(), re.MULTILINE
    )
    assert identity
    # Where no authority is named tor does not take the testing options.
    alone = folder / "torrc.alone"
    nobody = f"DirAuthority nobody orport=1 127.0.0.1:2 {'f' * 40}\n"
    alone.write_text((folder / "torrc").read_text() + nobody)
    listed = subprocess.run(
        ["tor", "-f", alone, "--list-fingerprint", "--quiet"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    fingerprint = re.search(rf"^{folder.name} ((?:[0-9A-F]{{4}} ?){{10}})$", listed, re.MULTILINE)
    assert fingerprint, listed
    (folder / "line").write_text(
        f"DirAuthority {folder.name} orport={onion_port} no-v2 v3ident={identity[1]} "
        f"{place} {fingerprint[1].strip()}\n"
    )


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """tor with the configuration of this folder, until the end."""
    process = await asyncio.create_subprocess_exec(
        "tor", "-f", str(folder / "torrc"), "--quiet",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        await end(process)


async def said(process: asyncio.subprocess.Process, words: str) -> None:
    """Wait until its log says this."""
    assert process.stdout is not None
    heard = b""
    while words.encode() not in heard:
        heard = await process.stdout.readline()
        assert heard, f"tor ended before it said {words!r}"


@contextmanager
def unheard(process: asyncio.subprocess.Process) -> Iterator[None]:
    """Take what it goes on to say, so that it can go on."""

    async def take() -> None:
        assert process.stdout is not None
        while await process.stdout.read(65536):
            pass

    task = asyncio.create_task(take())
    try:
        yield
    finally:
        task.cancel()


async def end(process: asyncio.subprocess.Process) -> None:
    """Have it end, by its own process number and nobody else's."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), ENDING)
    except TimeoutError:
        process.kill()
        await process.wait()
