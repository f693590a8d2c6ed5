"""What the operator says: `find` the file, `load` it into the types of `settings`."""

from watcher.config.load import find, load

__all__ = ["find", "load"]
