"""Words in pictures, as the doctor sees them."""

from __future__ import annotations

from tests.watcher.doctor.checks import checks, saying
from tests.watcher.read.ocr.scanned import needed, switched_on
from tests.world import World


def test_off_is_well_and_said(world: World) -> None:
    """What is then not read is told."""
    check = saying(checks(world), "OCR:")
    assert (check.level, "off" in check.what) == ("ok", True)


@needed
def test_a_worker_reads_a_picture(world: World) -> None:
    """With everything taken away from it that it has to do without."""
    switched_on(world)
    assert saying(checks(world), "OCR:").what == "OCR: reads eng"


def test_a_language_that_is_not_there_is_an_error_with_its_mend(world: World) -> None:
    """The doctor says it, and a scan ends with it."""
    switched_on(world, "xyz")
    check = saying(checks(world), "[read.ocr]")
    assert (check.level, check.code) == ("error", 2)
    assert "xyz" in check.what
    assert "apt install tesseract-ocr tesseract-ocr-xyz" in check.mend
    done = world.run("scan", "--no-store", "-", stdin=b"nothing")
    assert done.code == 2
    assert "[read.ocr] languages" in done.err
    assert "apt install" in done.err
