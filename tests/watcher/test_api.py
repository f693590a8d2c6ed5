"""The window through which plug-ins see us."""

from __future__ import annotations

from watcher import api, testing

STABLE = {
    "CELL", "ROW", "Answer", "Asker", "Body", "Capture", "ConfigError", "Element", "Entry", "Family",
    "FetchError", "Field", "Follower", "Group", "Match", "Matcher", "Part", "Person", "PluginError", "Ranges",
    "ReadError", "Reached", "Recogniser", "Record", "Ref", "Roll", "Secret", "Segment", "Severity", "Sign", "Source", "SourceError",
    "Tables", "Tally", "Watch", "Web", "ambiguous", "heading", "headings", "is_vetting",
    "nearest", "police_words", "rank", "rank_parts",
}  # fmt: skip


def test_the_names_are_stable() -> None:
    """A name that goes or comes is a change that strangers' plug-ins feel; it is made here as well."""
    assert set(api.__all__) == STABLE
    assert all(hasattr(api, name) for name in STABLE)


def test_what_authors_check_with_is_stable() -> None:
    """The two checks are there under these names."""
    assert set(testing.__all__) == {"check_matcher", "check_source"}
    assert all(callable(getattr(testing, name)) for name in testing.__all__)


def test_a_secret_shows_nothing() -> None:
    """Neither alone nor inside something else that is shown."""
    secret = api.Secret("hunter2-marmalade")
    assert "hunter2" not in repr(secret)
    assert "hunter2" not in repr({"token": secret})
    assert secret == "hunter2-marmalade"
