"""
Text that holds records in a notation, as tables.

SQL, JSON, LDIF, vCard, XML, blocks of `Key: value`, ruled and aligned columns.
A reader of each notation finds records; `cut` takes them out of the text and
makes them tables. None of them raises for any text, and all are linear in it.
"""

from matchers.people.forms.cut import tables
from matchers.people.forms.stretches import regions

__all__ = ["regions", "tables"]
