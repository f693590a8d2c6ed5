"""Workbooks of every maker, with what their makers hide."""
