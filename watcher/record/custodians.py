"""Custodians: those who may open evidence, by their age public keys (C2SP age.md, X25519)."""

from __future__ import annotations

from collections.abc import Sequence

from pyrage import RecipientError, x25519

from watcher.errors import ConfigError


def new_pair() -> tuple[str, str]:
    """A new age key pair: the public half (`age1…`) and the private half (`AGE-SECRET-KEY-1…`)."""
    private = x25519.Identity.generate()
    return str(private.to_public()), str(private)


def check_custodian(text: str) -> None:
    """Raises ConfigError if this is not an age public key. The text is not repeated: it may be a secret."""
    _recipient(text)


def recipients(custodians: Sequence[str]) -> list[x25519.Recipient]:
    """The keys to encrypt to. Raises ConfigError if there is none, or one is not a public key."""
    if not custodians:
        raise ConfigError(
            "[evidence] custodians: there is none, so evidence could never be opened;"
            " add an age public key (`age-keygen` or `watcher init` makes a pair)"
        )
    return [_recipient(each) for each in custodians]


def _recipient(text: str) -> x25519.Recipient:
    wanted = text.strip()
    if wanted.upper().startswith("AGE-SECRET-KEY-"):
        raise ConfigError(
            "[evidence] custodians: this is the private half of a key; it must not be on this machine."
            " Give the public half, which begins with age1 (`age-keygen -y FILE` prints it)"
        )
    try:
        return x25519.Recipient.from_str(wanted)
    except RecipientError:
        raise ConfigError(
            "[evidence] custodians: not an age public key; it begins with age1 and has 62 characters"
            " (`age-keygen -y FILE` prints it)"
        ) from None
