"""A bomb of each kind, made quickly, and small until it is opened."""

from tests.watcher.read.bombs import archives, books, letters, papers, pictures, streams, texts
from tests.watcher.read.bombs.bomb import LINE, Bomb

GROUPS: dict[str, dict[str, Bomb]] = {
    "streams": streams.BOMBS,
    "archives": archives.BOMBS,
    "books": books.BOMBS,
    "papers": papers.BOMBS,
    "letters": letters.BOMBS,
    "texts": texts.BOMBS,
    "pictures": pictures.BOMBS,
}
BOMBS: dict[str, Bomb] = {name: bomb for group in GROUPS.values() for name, bomb in group.items()}

__all__ = ["BOMBS", "GROUPS", "LINE", "Bomb"]
