"""Figures of a running service for Prometheus, on this machine's own addresses only."""

from watcher.metrics.figures import Figures, SourceFigures, TargetFigures, text
from watcher.metrics.page import Page

__all__ = ["Figures", "Page", "SourceFigures", "TargetFigures", "text"]
