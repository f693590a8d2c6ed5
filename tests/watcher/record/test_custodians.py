from __future__ import annotations

import pyrage
import pytest

from watcher.errors import ConfigError
from watcher.record import check_custodian, new_pair
from watcher.record.custodians import recipients


def test_a_new_pair_opens_what_it_closed() -> None:
    """The public half encrypts, the private half alone decrypts."""
    public, private = new_pair()
    check_custodian(public)
    check_custodian(f" {public}\n")
    sealed = pyrage.encrypt(b"x", recipients([public]))
    identity = pyrage.x25519.Identity.from_str(private)
    assert pyrage.decrypt(sealed, [identity]) == b"x"
    assert new_pair()[0] != public


@pytest.mark.parametrize("text", ["", "age1", "ssh-ed25519 AAAA", "age1" + "q" * 58])
def test_what_is_no_public_key_is_refused_without_repeating_it(text: str) -> None:
    """The mend says where one comes from."""
    with pytest.raises(ConfigError, match="not an age public key; it begins with age1") as refused:
        check_custodian(text)
    assert text == "" or text not in str(refused.value).replace("begins with age1 ", "")


def test_a_private_key_in_the_configuration_is_called_that() -> None:
    """It must leave the machine, and never be shown."""
    private = new_pair()[1]
    with pytest.raises(ConfigError, match="private half") as refused:
        check_custodian(private)
    assert private[20:] not in str(refused.value)


def test_without_a_custodian_there_is_no_evidence() -> None:
    """Evidence that nobody could open is not written."""
    with pytest.raises(ConfigError, match="custodians: there is none"):
        recipients([])
