from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from tests.watcher.notify.cards import FORBIDDEN, NOW, SECRET, Row, delivery, target
from watcher.config.settings import Network, Notify, Target
from watcher.errors import ConfigError
from watcher.notify import Sent, Teller

Answer = web.StreamResponse | Callable[[web.Request], Awaitable[web.StreamResponse]]


class Receiver:
    """A real place on loopback that answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answers: list[Answer] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append((request.method, str(request.url), headers, await request.read()))
        answer = self.answers.pop(0) if self.answers else web.Response(text="ok")
        return await answer(request) if callable(answer) else answer


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    place = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", place.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    place.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/t0ken"
    yield place
    await runner.cleanup()


async def _send(
    to: Target, *, timeout: float = 10.0, network: Network | None = None, link: str = ""
) -> Sent:
    notify = Notify(link=link, targets={to.name: to})
    async with Teller(network or Network(), notify, timeout=timeout) as teller:
        return await teller.send(to, Row(), delivery=delivery(), now=NOW)


async def test_a_webhook_arrives_signed(receiver: Receiver) -> None:
    """Checked by a computation of our own, as a receiver would."""
    sent = await _send(target(url=receiver.url))
    assert sent == Sent(ok=True, said="answered 200")
    ((method, _, headers, body),) = receiver.got
    assert method == "POST"
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "msg_17"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = b"msg_17." + headers["webhook-timestamp"].encode() + b"." + body
    digest = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    assert json.loads(body)["data"]["id"] == "A-17"
    assert not [each for each in FORBIDDEN if each.encode() in body]


@pytest.mark.parametrize("kind", ["mattermost", "slack"])
async def test_a_chat_gets_its_card_unsigned(receiver: Receiver, kind: str) -> None:
    """Its address is its secret; the link is filled in."""
    to = target("mattermost" if kind == "mattermost" else "slack", receiver.url, secret="")
    assert (await _send(to, link="https://triage.example/{id}")).ok
    ((_, _, headers, body),) = receiver.got
    assert not [name for name in headers if name.startswith("webhook-")]
    assert ("attachments" if kind == "mattermost" else "blocks") in json.loads(body)
    assert b"https://triage.example/A-17" in body
    assert not [each for each in FORBIDDEN if each.encode() in body]


async def test_a_failure_then_success_is_recognisable(receiver: Receiver) -> None:
    """The same id and the same body again; the second attempt has a time of its own."""
    receiver.answers = [web.Response(status=500, text="secret trouble")]
    to = target(url=receiver.url)
    async with Teller(Network(), Notify(targets={"duty": to})) as teller:
        one = await teller.send(to, Row(), delivery=delivery(), now=NOW)
        later = NOW + timedelta(seconds=5)
        two = await teller.send(to, Row(), delivery=delivery(1), now=later)
    assert one == Sent(ok=False, retry=True, said="answered 500")
    assert two.ok
    first, second = receiver.got
    assert first[3] == second[3]
    assert first[2]["webhook-id"] == second[2]["webhook-id"]
    assert first[2]["webhook-timestamp"] != second[2]["webhook-timestamp"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_a_failure_and_nothing_is_sent_on(
    receiver: Receiver, status: int
) -> None:
    """Followed as a GET it would look delivered, followed as a POST it would tell a stranger."""
    receiver.answers = [web.Response(status=status, headers={"Location": "/elsewhere"})]
    sent = await _send(target(url=receiver.url))
    assert (sent.ok, sent.retry, sent.gone) == (False, True, False)
    assert "redirect is not followed" in sent.said
    assert len(receiver.got) == 1


async def test_gone_is_for_good(receiver: Receiver) -> None:
    """410 says not to come back."""
    receiver.answers = [web.Response(status=410)]
    sent = await _send(target(url=receiver.url))
    assert (sent.ok, sent.retry, sent.gone) == (False, False, True)


@pytest.mark.parametrize(
    ("status", "header", "after"),
    [
        (429, "600", 600.0),
        (503, format_datetime(NOW + timedelta(minutes=2), usegmt=True), 120.0),
        (502, format_datetime(NOW - timedelta(minutes=2), usegmt=True), 0.0),
        (504, "soon", None),
        (503, "99999999", 86_400.0),
        (429, "-1", None),
        (429, "Mon, 01 Jan 2026 00:00:00 +99999999999999", None),
        (429, "", None),
        (500, "600", None),
    ],
)
async def test_retry_after_is_heard(
    receiver: Receiver, status: int, header: str, after: float | None
) -> None:
    """Seconds or a date, from those who throttle; anything else is the schedule's business."""
    receiver.answers = [web.Response(status=status, headers={"Retry-After": header})]
    sent = await _send(target(url=receiver.url))
    assert (sent.ok, sent.retry, sent.after) == (False, True, after)


@pytest.mark.parametrize("status", [400, 401, 404, 500])
async def test_other_refusals_are_tried_again(receiver: Receiver, status: int) -> None:
    """The operator may mend the target within the schedule."""
    receiver.answers = [web.Response(status=status)]
    assert await _send(target(url=receiver.url)) == Sent(
        ok=False, retry=True, said=f"answered {status}"
    )


async def test_a_silent_target_costs_no_more_than_its_time(receiver: Receiver) -> None:
    """No answer in time is a failure to be tried again."""
    released = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    receiver.answers = [hang]
    sent = await _send(target(url=receiver.url), timeout=0.05)
    released.set()
    assert sent == Sent(ok=False, retry=True, said="no answer in time")


async def test_an_endless_answer_is_not_read(receiver: Receiver) -> None:
    """The status is all that matters; what follows it may never end."""
    cut = asyncio.Event()

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=200)
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(1 << 16))
        except ConnectionError:
            cut.set()
        return response

    receiver.answers = [endless]
    assert (await _send(target(url=receiver.url))).ok
    async with asyncio.timeout(10):
        await cut.wait()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/t0ken", "not an address t0ken", "http://[t0ken/"]
)
async def test_an_address_that_does_not_answer_is_not_repeated(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is a secret: neither in what is said nor in any log."""
    with caplog.at_level(logging.DEBUG):
        sent = await _send(target(url=url))
    assert (sent.ok, sent.retry) == (False, True)
    assert sent.said.startswith("cannot be reached (")
    assert "t0ken" not in sent.said
    assert "t0ken" not in caplog.text


async def test_the_proxy_is_the_way_out_but_for_those_named(receiver: Receiver) -> None:
    """Asked through the proxy the whole address is in the request line; past it only the path."""
    proxy = receiver.url.rsplit("/", 2)[0]
    out = target(url="http://chat.force.example/hook")
    assert (await _send(out, network=Network(proxy=proxy))).ok
    assert receiver.got[-1][1] == "http://chat.force.example/hook"
    dead = "http://127.0.0.1:9"
    for name in ("127.0.0.1", "LOCALHOST", ".0.0.1"):
        url = (
            receiver.url.replace("127.0.0.1", "localhost") if name == "LOCALHOST" else receiver.url
        )
        assert (await _send(target(url=url), network=Network(proxy=dead, no_proxy=(name,)))).ok
    network = Network(proxy=dead, no_proxy=("27.0.0.1", "0.0.1"))
    assert not (await _send(target(url=receiver.url), network=network)).ok


async def test_a_host_is_direct_however_it_is_written(receiver: Receiver) -> None:
    """A final dot, or another way to write an address, is still the host that `no_proxy` names."""
    dead = "http://127.0.0.1:9"
    for name, host in (("127.1", "127.0.0.1"), ("localhost.", "LOCALHOST")):
        url = receiver.url.replace("127.0.0.1", host)
        sent = await _send(target(url=url), network=Network(proxy=dead, no_proxy=(name,)))
        assert sent.ok, name


def test_a_proxy_that_is_none_stops_at_once() -> None:
    """Not at the first alert, months later."""
    with pytest.raises(ConfigError, match=r"network\.proxy"):
        Teller(Network(proxy="proxy.example:8080"), Notify())


async def test_the_environment_names_no_proxy(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the configuration does: what a shell happens to export must not see alerts."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert (await _send(target(url=receiver.url))).ok


async def test_a_test_card_goes_the_same_way(receiver: Receiver) -> None:
    """Signed as an alert is, with an id of its own, and says what it is."""
    to = target(url=receiver.url)
    async with Teller(Network(), Notify(targets={"duty": to})) as teller:
        assert (await teller.test(to, now=NOW)).ok
    ((_, _, headers, body),) = receiver.got
    assert json.loads(body)["type"] == "watcher.test"
    assert headers["webhook-id"].startswith("test_")
    assert headers["webhook-signature"].startswith("v1,")


def test_a_webhook_without_a_good_secret_stops_at_once() -> None:
    """With the key in the file that must be edited; a chat needs none."""
    with pytest.raises(ConfigError, match=r"notify\.targets\.duty\.secret: the secret has 5 bytes"):
        Teller(Network(), Notify(targets={"duty": target(secret="short")}))
    Teller(Network(), Notify(targets={"duty": target("slack", secret="")}))


async def test_a_ca_file_that_is_none_is_named(tmp_path: Path) -> None:
    """Missing, or without a certificate."""
    empty = tmp_path / "ca.pem"
    empty.write_text("nothing")
    for file in (empty, tmp_path / "missing.pem"):
        with pytest.raises(ConfigError, match=rf"network\.ca_file: {file}"):
            await _send(target(), network=Network(ca_file=file))
