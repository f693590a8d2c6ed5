"""
What RTF's control words say of text (Rich Text Format 1.9.1): where it goes, and which are signs.

Channels are where texts go: what is seen has no name, the others stand apart.
"""

from __future__ import annotations

SEEN, HIDDEN, DELETED, CODES, OTHER, DROPPED = (
    "", "hidden text", "deleted text", "field codes", "other destinations", "-"
)  # fmt: skip
VISIBLE = (SEEN, "headers", "footnotes", "alternative texts")
# fmt: off
DESTINATIONS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
                     "footerf"), "headers"),
    **dict.fromkeys(("footnote", "ftnsep", "ftnsepc", "aftnsep"), "footnotes"),
    **dict.fromkeys(("annotation", "atnauthor", "atnid", "atntime"), "comments"),
    **dict.fromkeys(("info", "title", "subject", "author", "manager", "company", "operator",
                     "category", "keywords", "comment", "doccomm", "hlinkbase"), "properties"),
    **dict.fromkeys(("fldinst", "datafield"), CODES),
    **dict.fromkeys(("sv", "wgrffmtfilter", "objname", "objclass", "picprop"), "alternative texts"),
    **dict.fromkeys(("shptxt", "fldrslt", "result", "pntext", "listtext", "shprslt", "shpinst", "shppict"), SEEN),
    **dict.fromkeys(("fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "sn", "sp",
                     "rsidtbl", "generator", "latentstyles", "themedata", "colorschememapping",
                     "xmlnstbl", "mmathPr", "pgptbl", "filetbl", "blipuid", "nonshppict",
                     "panose", "falt", "fontemb", "template", "private", "nesttableprops",
                     "passwordhash", "creatim", "revtim", "printim", "objtime", "pnseclvl"), DROPPED),
}
# fmt: on
FILES = {"pict": "picture", "objdata": "object", "datastore": "data store", "fontfile": "font"}
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "~": "\xa0", "_": "-", "-": "", "emdash": "\u2014",
    "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "bullet": "\u2022", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
