"""Which links of an item's page the presets take for its files."""

from __future__ import annotations

import pytest

from tests.sources.presets.test_presets import ALL, here
from tests.watcher.fetch.site import Site
from watcher.api import Ref
from watcher.fetch import Fetcher

ANSWER = "/request/strength/response/7/attach"
ASSETS = "https://assets.publishing.service.gov.uk"
# As Alaveteli's own templates write its links, and as addresses of the other places are known.
ALAVETELI = (
    [
        f"{ANSWER}/3/list.xlsx?cookie_passthrough=1",
        f"{ANSWER}/html/3/list.xlsx.html",
        "https://lite.datasette.io/?csv=https%3A%2F%2Ffoi.example%2Fresponse%2F7%2Fattach%2F4%2Fa.csv",
        "/request/strength/response/7/attachments",
        "/request/strength#incoming-7",
        f"{ANSWER}/4/a%20b.csv?cookie_passthrough=1",
    ],
    [0, 5],
)
LINKS = {
    "alaveteli": ALAVETELI,
    "whatdotheyknow": ALAVETELI,
    "whatdotheyknow-body": ALAVETELI,
    "govuk-foi": (
        [
            f"{ASSETS}/media/65a/list.xlsx",
            "/government/publications/foi-1",
            f"{ASSETS}/government/uploads/system/uploads/attachment_data/file/1/a.pdf",
            "https://www.gov.uk/assets/frontend.css",
        ],
        [0, 2],
    ),
    "police-disclosures": (
        [
            "/foi-ai/northshire/d/july-2026/other/",
            "/SysSiteAssets/foi-media/northshire/list.xlsx",
            "https://www.northshire.police.uk/SysSiteAssets/foi-media/northshire/b.pdf",
        ],
        [1, 2],
    ),
}


def test_each_preset_that_looks_for_files_is_tried() -> None:
    assert {name for name, each in ALL.items() if each.options.get("files")} == set(LINKS)


@pytest.mark.parametrize("name", LINKS)
async def test_attachments_are_files_and_previews_are_not(
    place: Site, out: Fetcher, name: str
) -> None:
    """In the page's order, wherever they lie."""
    links, wanted = LINKS[name]
    body = "".join(f'<a href="{each}">x</a>' for each in links)
    url = place.says("/item", body.encode(), headers={"Content-Type": "text/html"})
    capture = await here(ALL[name], place).fetch(out.web(name), Ref(source=name, key="1", url=url))
    found = [each.url.removeprefix(place.url("")) for each in capture.files]
    assert found == [links[at] for at in wanted]
