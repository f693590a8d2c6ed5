"""Code pages by the numbers under which Microsoft's formats name them (MS-UCODEREF 2.2.1)."""

from __future__ import annotations

import codecs

_OTHERWISE = {
    367: "ascii",
    936: "gbk",
    950: "big5",
    1200: "utf-16-le",
    10000: "mac-roman",
    32768: "mac-roman",
    32769: "cp1252",
    65001: "utf-8",
}


def page(number: int) -> str:
    """The codec of a code page; Windows-1252 where it is not known."""
    try:
        return codecs.lookup(_OTHERWISE.get(number, f"cp{number}")).name
    except LookupError:
        return "cp1252"
