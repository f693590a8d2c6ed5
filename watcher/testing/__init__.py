"""
For plug-in authors: the contracts of `watcher.api`, checked.

`check_source` visits a source and `check_matcher` enrols and reads with a
matcher, as the service would; both raise PluginError naming the promise that
was broken. Our own sources and matchers pass the same two. The names in
`__all__` are stable.
"""

from watcher.testing.matcher import check_matcher
from watcher.testing.source import check_source

__all__ = ["check_matcher", "check_source"]
