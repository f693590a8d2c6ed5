"""A list that was printed, scanned and put into a file, from the configuration to the alert."""

from __future__ import annotations

from pathlib import Path

from tests.watcher.read.made import archive
from tests.watcher.read.ocr.scanned import needed, page, saved, switched_on
from tests.world import World

ROWS = 22


@needed
def test_people_on_a_scanned_page_are_found_where_ocr_is_switched_on(
    world: World, tmp_path: Path
) -> None:
    """By page, and in a picture; what is misread of them is near enough. Without OCR the page is unread."""
    rows = [
        (row["pay_number"], row["rank"], row["forename"], row["surname"])
        for row in world.rows[:ROWS]
    ]
    scan = tmp_path / "reply.pdf"
    scan.write_bytes(
        saved(
            page((("Nothing here",),)),
            "PDF",
            save_all=True,
            resolution=150,
            append_images=[page(rows)],
        )
    )
    wall = tmp_path / "wall.zip"
    wall.write_bytes(archive([("wall.jpg", saved(page(rows), "JPEG"))]))
    off = world.run("scan", "--json", "--no-store", str(scan))
    assert off.code == 3
    assert [each["where"] for each in off.of("unread")] == ["page 1", "page 2"]
    switched_on(world)
    for path, where in ((scan, "page 2 (OCR)"), (wall, "wall.jpg!/words in the picture (OCR)")):
        done = world.run("scan", "--json", "--no-store", str(path))
        assert done.code == 1, done
        (alert,) = done.of("alert")
        assert alert["severity"] in {"high", "critical"}
        assert alert["count"] >= ROWS * 0.9
        assert where in str(alert)
        assert done.of("unread") == []
