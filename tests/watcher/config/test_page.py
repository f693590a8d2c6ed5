"""docs/sources.md says what the presets say."""

from __future__ import annotations

from importlib.metadata import entry_points

from watcher.config import page, presets


def test_the_page_is_as_the_presets_are() -> None:
    """Whoever changes one runs `python -m watcher.config.page`."""
    text = page.PAGE.read_text("utf-8")
    assert page.written(text) == text


def test_a_preset_is_told_whole() -> None:
    """Its state, what it needs, whom to ask, and what to look at."""
    told = page.table([presets.find("pastebin"), presets.find("telegram")])
    assert "| [`pastebin`](#pastebin) | P | unverified |" in told
    assert "`terms_accepted`" in told
    assert "sales@pastebin.com" in told
    assert "verified (2026)" in told
    assert "- `host`: the preview's host, t.me or telegram.me; `t.me` unless given" in told


def test_the_page_has_every_kind() -> None:
    """Who looks for a kind of its own finds those that there are."""
    text = page.PAGE.read_text("utf-8")
    kinds = {
        each.name
        for each in entry_points(group="watcher.sources")
        if each.value.startswith("sources.")
    }
    assert {kind for kind in kinds if f"| `{kind}` | " not in text} == set()
