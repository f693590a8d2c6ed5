from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from tests.watcher.notify.cards import FORBIDDEN, NOW, SECRET, Row
from watcher.errors import ConfigError
from watcher.notify import card_of, test_card
from watcher.notify.webhook import body, headers, secret_bytes


def test_the_body_is_this() -> None:
    """The contract with receivers; nothing that was found is in it."""
    made = body(card_of(Row(), link="https://triage.example/{id}"))
    assert json.loads(made) == {
        "type": "watcher.alert",
        "timestamp": "2026-11-18T14:36:20+00:00",
        "data": {
            "id": "A-17",
            "incident": "I-4",
            "severity": "critical",
            "rule": "list",
            "title": "staff list in a hidden sheet",
            "count": 9431,
            "rows": 9512,
            "expected_by_chance": 0.31,
            "bits": 812.5,
            "source": "pastes",
            "host": "paste[.]evil[.]example",
            "found_at": "2026-11-18T14:36:20+00:00",
            "fields": ["surname", "pay_number", "vetting"],
            "suppliers": [],
            "reasons": ["9,431 of 9,512 rows are ours"],
            "link": "https://triage.example/A-17",
            "command": "watcher show A-17",
        },
    }
    assert not [each for each in FORBIDDEN if each.encode() in made]
    assert json.loads(body(card_of(Row(), link="")))["data"]["link"] is None
    assert json.loads(body(test_card(now=NOW)))["type"] == "watcher.test"


def test_the_specifications_own_vector() -> None:
    """Standard Webhooks, the example every library is tested with."""
    made = headers(
        b'{"test": 2432232314}',
        id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        now=NOW.fromtimestamp(1614265330, tz=NOW.tzinfo),
    )
    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_without_the_prefix_is_its_bytes() -> None:
    """24 of them or more; base64 only behind whsec_."""
    raw = "x" * 24
    made = headers(b"{}", id="m", secret=raw, now=NOW)
    signed = f"m.{int(NOW.timestamp())}.{{}}".encode()
    digest = base64.b64encode(hmac.digest(raw.encode(), signed, hashlib.sha256)).decode()
    assert made["webhook-signature"] == f"v1,{digest}"


@pytest.mark.parametrize(
    ("secret", "said"),
    [("", "has 0 bytes"), ("x" * 23, "has 23 bytes"), ("whsec_QUJD", "has 3 bytes"),
     ("whsec_not base64!", "not base64"), ("whsec_QUJ", "not base64")],
)  # fmt: skip
def test_a_weak_secret_is_refused_with_the_mend(secret: str, said: str) -> None:
    """And is not repeated."""
    with pytest.raises(ConfigError, match=said) as refused:
        secret_bytes(secret)
    assert "openssl rand -base64 32" in str(refused.value)
    assert len(secret) < 7 or secret not in str(refused.value)
    assert len(secret_bytes(SECRET)) == 24
