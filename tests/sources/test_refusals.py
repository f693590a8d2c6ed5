"""Places that refuse with status 200."""

from __future__ import annotations

import pytest

from sources.refusals import LATER, SHORT, accepted, check_refusals
from tests.watcher.fetch.site import Site
from watcher.api import ConfigError, FetchError
from watcher.fetch import Fetcher

REFUSALS = {
    "Not yet.": "retry",
    "No such paste.": "gone",
    "YOUR IP: * HAS NO ACCESS*": "blocked: ask for it at https://paste.example/access",
}


@pytest.mark.parametrize(
    ("said", "told", "retry", "after", "kind"),
    [
        (b"Not yet.\n", "later", True, LATER, "answered"),
        (b"No such paste.", "nothing any more", False, None, "gone"),
        (
            b"YOUR IP: 203.0.113.7 HAS NO ACCESS",
            "ask for it at https://paste.example/access",
            True,
            None,
            "refused",
        ),
    ],
)
async def test_a_refusal_is_no_document(
    place: Site, out: Fetcher, said: bytes, told: str, retry: bool, after: float | None, kind: str
) -> None:
    """Each is a failure that says of what kind it is and whether to come back; the sentence itself is not quoted."""
    answer = await out.web("p").get(place.says("/1", said))
    with pytest.raises(FetchError, match=told) as caught:
        await accepted(answer, REFUSALS)
    assert (caught.value.retry, caught.value.after, caught.value.status) == (retry, after, 200)
    assert caught.value.kind == kind
    assert "203.0.113.7" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [b"rain", b"He said: No such paste.", b"", b"YOUR IP: " + b"x" * SHORT + b" HAS NO ACCESS"],
)
async def test_a_document_that_quotes_a_refusal_is_read(
    place: Site, out: Fetcher, said: bytes
) -> None:
    """Or a leak could hide behind one."""
    answer = await out.web("p").get(place.says("/1", said))
    await accepted(answer, REFUSALS)
    await accepted(answer, {})


@pytest.mark.parametrize("wrong", [{"Not yet.": "later"}, {"*": "gone"}, {" ": "gone"}])
def test_a_refusal_that_cannot_be_meant_is_told(wrong: dict[str, str]) -> None:
    """A sentence that fits everything would make every document gone."""
    with pytest.raises(ConfigError, match=r"^refusals: "):
        check_refusals(wrong)
