"""Presets, and small answers of our own making in the form of those that were recorded."""
