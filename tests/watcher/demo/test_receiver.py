"""The receiver believes a signature and nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac

import aiohttp
from hypothesis import given, settings
from hypothesis import strategies as st

from watcher.demo.receiver import Receiver, signed

NOW = 1_700_000_000
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
BODY = b'{"alert": "A-1"}'


def headers(
    body: bytes, *, mark: str = "msg_1", sent: int = NOW, key: bytes = b"k" * 32
) -> dict[str, str]:
    digest = hmac.digest(key, f"{mark}.{sent}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": mark,
        "webhook-timestamp": str(sent),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def test_the_example_of_the_specification_holds() -> None:
    """The published example of Standard Webhooks' own libraries."""
    given_headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signed(secret, given_headers, b'{"test": 2432232314}', now=1614265330)


@settings(max_examples=50)
@given(body=st.binary(max_size=200), spoilt=st.binary(max_size=200))
def test_only_the_signed_bytes_are_believed(body: bytes, spoilt: bytes) -> None:
    """Any other body, key or id is refused; so is a message five minutes old."""
    good = headers(body)
    assert signed(SECRET, good, body, now=NOW)
    assert signed(SECRET, good, spoilt, now=NOW) == (body == spoilt)
    assert not signed(SECRET, headers(body, key=b"x" * 32), body, now=NOW)
    assert not signed(SECRET, good | {"webhook-id": "msg_2"}, body, now=NOW)
    assert not signed(SECRET, good, body, now=NOW + 301)


def test_one_of_several_signatures_is_enough_and_rubbish_is_passed_over() -> None:
    """Keys are rotated by sending two signatures; unknown versions are not errors."""
    good = headers(BODY)
    several = f"v1a,AAAA v1,!!! v1,AAAA {good['webhook-signature']}"
    assert signed(SECRET, good | {"webhook-signature": several}, BODY, now=NOW)
    assert not signed(SECRET, good | {"webhook-signature": "v1,é garbage"}, BODY, now=NOW)
    assert not signed(SECRET, {}, BODY, now=NOW)


async def test_a_card_is_kept_once_and_a_forgery_not_at_all() -> None:
    """204 for the signed message, however often it comes; 401 for the other."""
    async with Receiver(SECRET, now=lambda: NOW) as receiver, aiohttp.ClientSession() as session:
        for mark, key, status in (
            ("msg_1", b"k" * 32, 204),
            ("msg_1", b"k" * 32, 204),
            ("msg_2", b"x" * 32, 401),
        ):
            sent = headers(BODY, mark=mark, key=key)
            async with session.post(receiver.address, data=BODY, headers=sent) as answer:
                assert answer.status == status
        assert [card.id for card in receiver.cards] == ["msg_1"]
        assert receiver.cards[0].body == {"alert": "A-1"}
        assert receiver.refused == 1
        assert "A-1" not in repr(receiver.cards)
