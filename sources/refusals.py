"""
Places that refuse with status 200 and a sentence.

    refusals = { "Error, we cannot find this paste." = "gone" }

The sentence is the whole answer: `*` in it stands for anything. What it means
is one of three, and after a colon what the operator can do about it.

    retry     not now; it may be asked for again in a minute
    gone      there is nothing any more
    blocked   we are kept out
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from watcher.api import Answer, ConfigError, FetchError, ReadError

SHORT = 256  # bytes; a longer answer is a document, whatever it quotes
LATER = 60.0  # seconds
KINDS = {"retry": "answered", "gone": "gone", "blocked": "refused"}  # of the error, by meaning
MEANINGS = tuple(KINDS)


def check_refusals(refusals: Mapping[str, str]) -> None:
    """Raise ConfigError unless each sentence means one of MEANINGS."""
    for sentence, meaning in refusals.items():
        if not sentence.strip(" *"):
            raise ConfigError("refusals: a sentence that any answer fits refuses all of them")
        if meaning.partition(":")[0].strip() not in MEANINGS:
            raise ConfigError(
                'refusals: each sentence means "retry", "gone" or "blocked", '
                'or one of them with what to do: "blocked: ask for access"'
            )


async def accepted(answer: Answer, refusals: Mapping[str, str]) -> None:
    """Raise FetchError where this answer is one of the place's refusals."""
    if not refusals or answer.unchanged or answer.capture.body.size > SHORT:
        return
    try:
        text = (await answer.text()).strip()
    except ReadError:
        return  # no sentence, then
    if len(text) > SHORT:
        return
    for sentence, meaning in refusals.items():
        if fnmatchcase(text, sentence):
            raise _refused(meaning)


def _refused(meaning: str) -> FetchError:
    word, _, mend = (part.strip() for part in meaning.partition(":"))
    told = {
        "retry": "the place says that it may be had later",
        "gone": "the place says that there is nothing any more",
        "blocked": "the place says that this service has no access",
    }[word]
    return FetchError(
        f"{told} (in a page with status 200){f': {mend}' if mend else ''}",
        retry=word != "gone",
        after=LATER if word == "retry" else None,
        status=200,
        kind=KINDS[word],
    )
