"""
What a body is, told by its bytes: never by a name or a header.

Signatures are those of the formats' specifications (PKWARE APPNOTE, RFC 1952,
MS-CFB, ISO 32000 …), as `file(1)` lists them.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection

from watcher.read import delimited
from watcher.read.archives.tarheader import is_header
from watcher.read.charsets.charset import Decoder, marked
from watcher.read.charsets.turns import SHARE, controls, opening, patterned
from watcher.read.mail import calendar, envelope, signed


class Kind(enum.StrEnum):
    """Families of bodies. `KNOWN` is recognised and has no reader; `UNKNOWN` is no text either."""

    EMPTY = "empty"
    TEXT = "text"
    TABLE = "table"
    HTML = "html"
    XML = "xml"
    ZIP = "zip"
    SPREADSHEET = "spreadsheet"
    OFFICE = "office"
    OLE = "ole"
    PDF = "pdf"
    RTF = "rtf"
    WORD = "word"
    SLIDES = "slides"
    OPEN = "open document"
    EPUB = "epub"
    COMPOUND = "compound"
    FLAT_OPEN = "flat sheets"
    FLAT_EXCEL = "flat workbook"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"
    TAR = "tar"
    AR = "ar"
    CPIO = "cpio"
    SEVENZIP = "7z"
    RAR = "rar"
    CAB = "cab"
    LHA = "lha"
    PRESSED = "pressed"
    ISO = "iso"
    IMAGE = "image"
    DATABASE = "database"
    PAGELOG = "database log"
    PARQUET = "parquet"
    MAIL = "mail"
    MAILBOX = "mailbox"
    MESSAGE = "message"
    TNEF = "tnef"
    SIGNED = "signed"
    CALENDAR = "calendar"
    YENC = "yenc"
    KNOWN = "known"
    UNKNOWN = "unknown"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"PK\x07\x08", Kind.ZIP),
    (b"\x1f\x8b\x08", Kind.GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVENZIP),
    (b"Rar!\x1a\x07", Kind.RAR),
    *((b"BZh%d1AY&SY" % level, Kind.BZIP2) for level in range(1, 10)),
    *((b"BZh%d\x17\x72\x45\x38\x50\x90" % level, Kind.BZIP2) for level in range(1, 10)),  # empty
    (b"\xfd7zXZ\x00", Kind.XZ),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTD),
    (b"MSCF\0\0\0\0", Kind.CAB),
    (b"!<arch>\n", Kind.AR),
    (b"LZIP\1", Kind.PRESSED),
    (b"\x04\x22\x4d\x18", Kind.PRESSED),  # LZ4 frames
    (b"\x02\x21\x4c\x18", Kind.PRESSED),  # and those before them
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),  # JPEG
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),  # TIFF
    (b"MM\0*", Kind.IMAGE),
    (b"II+\0", Kind.IMAGE),  # BigTIFF
    (b"MM\0+", Kind.IMAGE),
    (b"\0\0\0\x0cJXL \r\n", Kind.IMAGE),  # JPEG XL
    (b"\0\0\0\x0cjP  \r\n", Kind.IMAGE),  # JPEG 2000
    (b"SQLite format 3\0", Kind.DATABASE),
    (b"\x37\x7f\x06\x82", Kind.PAGELOG),  # SQLite's write-ahead log, in both orders of bytes
    (b"\x37\x7f\x06\x83", Kind.PAGELOG),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", Kind.PAGELOG),  # its rollback journal
    (b"PAR1", Kind.PARQUET),
    (b"\x78\x9f\x3e\x22", Kind.TNEF),
    (b"\0\1\0\0Standard ", Kind.KNOWN),  # Access
    (b"!BDN", Kind.KNOWN),  # Outlook store
    (b"{\\rtf", Kind.RTF),
    (b"\x89LZO\0\r\n\x1a\n", Kind.KNOWN),
    (b"\xff\x06\0\0sNaPpY", Kind.KNOWN),
    (b"LRZI\0", Kind.KNOWN),
    (b"\x1f\xa0", Kind.KNOWN),  # compress of SCO
    (b"\x1f\x1e", Kind.KNOWN),  # pack
    (b"StuffIt (c)1997-", Kind.KNOWN),
    (b"StuffIt!", Kind.KNOWN),
    (b"ALZ\1\x0a\0\0\0", Kind.KNOWN),
    (b"EGGA\0\1", Kind.KNOWN),
    (b"xar!\0\x1c\0\1", Kind.KNOWN),
    (b"MSWIM\0\0\0", Kind.KNOWN),
    (b"\x09\0\x04\0", Kind.KNOWN),  # worksheets before files had compartments: BIFF 2, 3, 4
    (b"\x09\x02\x06\0", Kind.KNOWN),
    (b"\x09\x04\x06\0", Kind.KNOWN),
    (b"\x7fELF", Kind.KNOWN),
    # Data models of Excel and Power BI (MS-XLDM 2.1): plain, and compressed.
    *(
        (b"\xff\xfe" + said.encode("utf-16-le"), Kind.KNOWN)
        for said in ("STREAM_STORAGE_SIGNATURE_", "This backup was created using XPress9")
    ),
)

_SIGNATURES = tuple(magic for magic, _ in _MAGIC)

# Readers of PDF take a header that comes late (ISO 32000-1, annex H, note 13).
_PDF = re.compile(rb"(?:\A|[\r\n])[ \t\f\0]*%PDF-\d")
_LEADING = 1024
_OBJECT = re.compile(rb"[\r\n]\d{1,9} \d{1,5} obj\b")

# Tags that open a page: those of the WHATWG's sniffing table, and the rest that pages begin with.
_TAG = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|base|script|style|table|tbody|thead|tr"
    r"|td|th|div|span|p|a|br|b|i|ul|ol|li|dl|h[1-6]|font|center|form|iframe|img|pre|code|section"
    r"|article|main|header|nav|template|svg)(?=[\s>/]))",
    re.IGNORECASE,
)
_YENC = re.compile(rb"(?:\A|\n)=ybegin [^\n]{0,200}(?:line|size)=\d")  # yenc.org, 1.3
_OPENING = 1 << 13  # characters in which the first tag must come

# What may stand before the outermost element of XML.
_LEAD = re.compile(
    r"[\ufeff\s]+|<\?(?:(?!\?>).){0,1000}\?>|<!--|<!DOCTYPE[^>\[]{0,1000}", re.DOTALL
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_WORKBOOK = re.compile(r"<(?:\w{1,20}:)?Workbook\s")
_FLAT = re.compile(r"<office:document\s[^>]*application/vnd\.oasis\.opendocument\.spreadsheet")
_FEEDS = frozenset(("rss", "feed", "rdf"))

# The whole header: telephone numbers begin like its magic (cpio(5)).
_CPIO = re.compile(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}")
_BITMAPS = frozenset(size.to_bytes(4, "little") for size in (12, 16, 40, 52, 56, 64, 108, 124))
_BRANDS = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
)
# compress(1): how many bits its codes have, 9 to 16, and whether it may begin anew.
_LZW = re.compile(rb"\x1f\x9d[\x09-\x10\x89-\x90]")
# Method, sizes, time, attribute, and the level of its header.
_LHA = re.compile(rb"..-(?:lh[0-9dx]|lz[s2345]|pm[012s])-.{13}[\0-\3]", re.DOTALL)
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
_SEALED = "EncryptedPackage".encode("utf-16-le")
_LETTERS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))

_FIRST = 1 << 12  # bytes that tell text from what is none; `turns` judges all that follow


def kind(head: bytes, *, complete: bool = False) -> Kind:
    """
    The family of a body that begins so.

    `complete`: the head is all of it. A ZIP is told apart further by `package`.
    """
    if not head:
        return Kind.EMPTY
    if head.startswith(_SIGNATURES):
        return next(found for magic, found in _MAGIC if head.startswith(magic))
    if b"=ybegin " in head and _YENC.search(head):
        return Kind.YENC
    if is_picture(head):
        return Kind.IMAGE
    if signed.is_message(head):
        return Kind.SIGNED
    if archived := _archived(head):
        return archived
    late = _PDF.search(head, 0, _LEADING)
    if late and (not head[: late.start()].strip() or _OBJECT.search(head)):
        return Kind.PDF
    if _is_boxed(head):
        return Kind.KNOWN
    if envelope.is_box(head):
        return Kind.MAILBOX
    if envelope.is_mail(head, complete=complete):
        return Kind.MAIL
    if not marked(head)[0] and not patterned(head) and not opening(head):
        first = head[:_FIRST]
        if controls(first) * SHARE > len(first):
            return Kind.UNKNOWN
    if calendar.is_calendar(head):
        return Kind.CALENDAR
    return _kind_of_text(head, complete=complete)


def _archived(head: bytes) -> Kind | None:
    """Archives and streams whose marks do not stand at the beginning, or that have none."""
    if head[257:262] == b"ustar" or is_header(head):
        return Kind.TAR
    if _CPIO.match(head):
        return Kind.CPIO
    if head[32769:32774] == b"CD001":  # ECMA-119 8.4.2
        return Kind.ISO
    if _LZW.match(head):
        return Kind.PRESSED
    if _LHA.match(head):
        return Kind.LHA
    if _is_known_archive(head):
        return Kind.KNOWN
    # The format before xz: properties, a power of two, a size that is unknown or sensible, a zero.
    if head[:3] == b"\x5d\0\0" and head[13:14] == b"\0":
        return Kind.XZ if head[5:13] == b"\xff" * 8 or head[10:13] == bytes(3) else None
    return None


def _is_known_archive(head: bytes) -> bool:
    """ARJ, ACE, StuffIt and Zoo: old, seldom, and without a reader here."""
    return (
        (head[:2] == b"\x60\xea" and head[10:11] == b"\2")  # ARJ's first header is of the archive
        or head[7:14] == b"**ACE**"
        or (head[:4] == b"SIT!" and head[10:14] == b"rLau")
        or head[20:24] == b"\xdc\xa7\xc4\xfd"
    )


def is_picture(head: bytes) -> bool:
    """Pictures that are told by more than their first bytes: WebP, HEIC, AVIF, BMP."""
    if head[:4] == b"RIFF":
        return head[8:12] == b"WEBP"
    if head[:2] == b"BM":
        # What is reserved is zero; where the pixels begin; the sizes of its known headers.
        return head[6:10] == bytes(4) and head[14:18] in _BITMAPS
    if head[:3] != bytes(3) or head[4:8] != b"ftyp":
        return False
    # The first brand, and those that it is compatible with, behind a version.
    return any(head[at : at + 4] in _BRANDS for at in (8, *range(16, head[3], 4)))


def _is_boxed(head: bytes) -> bool:
    """RIFF (WebP) and ISO base media (HEIC, AVIF, video): their names stand at offset 8 and 4."""
    return (head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI ")) or (
        head[0] == 0 and head[4:8] == b"ftyp"
    )


def _kind_of_text(head: bytes, *, complete: bool) -> Kind:
    decoder = Decoder(head)
    text = decoder.feed(head) + decoder.finish()
    if is_page(text):
        return Kind.HTML
    if is_markup(text):
        return flat_sheets(text) or Kind.XML
    if text.lstrip()[:1] in ("<", "{", "[") and "<?xml" in text[:64].lower():
        return Kind.TEXT
    return Kind.TABLE if delimited.table(text, complete=complete) else Kind.TEXT


def is_page(text: str) -> bool:
    """Whether a text opens as HTML: a known tag after white space, declarations and comments."""
    at = 0
    text = text[:_OPENING]
    while at < len(text):
        rest = text[at:].lstrip("\ufeff \t\r\n\f")
        if not rest.startswith("<"):
            return False
        if _TAG.match(rest):
            return True
        end = "-->" if rest.startswith("<!--") else "?>" if rest.startswith("<?") else ""
        found = rest.find(end) if end else -1
        if found < 0:
            return False
        at += len(text) - at - len(rest) + found + len(end)
    return False


def is_markup(text: str) -> bool:
    """Whether a text opens as XML that is neither a page nor a feed."""
    at = 0
    while found := _LEAD.match(text, at):
        at = found.end()
        if found[0] == "<!--":
            at = text.find("-->", at) + 3
            if at < 3:
                return False
        elif found[0].startswith("<!"):
            inside = text[at : at + 1] == "["
            at = text.find("]" if inside else ">", at)
            at = text.find(">", at) + 1
            if at < 1:
                return True  # declarations beyond the head
    root = _ROOT.match(text, at)
    if not root or root[2].lower() in _FEEDS:
        return False
    return "</" in text[at:] or "/>" in text[at:]


def flat_sheets(text: str) -> Kind | None:
    """Which kind of workbook in one text an XML is, by its outermost element; None for any other."""
    opening = text[:_OPENING]
    if "urn:schemas-microsoft-com:office:spreadsheet" in opening and _WORKBOOK.search(opening):
        return Kind.FLAT_EXCEL
    return Kind.FLAT_OPEN if _FLAT.search(opening) else None


def package(names: Collection[str], mimetype: bytes) -> Kind:
    """What a ZIP is, by its members' names and the content of the one called `mimetype`."""
    if any(name.lower() in ("xl/workbook.xml", "xl/workbook.bin") for name in names):
        return Kind.SPREADSHEET
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.SPREADSHEET
    if any(name.lower().lstrip("/") == "word/document.xml" for name in names):
        return Kind.WORD
    if any(name.lower().lstrip("/") == "ppt/presentation.xml" for name in names):
        return Kind.SLIDES
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        return Kind.OPEN
    if mimetype.startswith(b"application/epub"):
        return Kind.EPUB
    if "[Content_Types].xml" in names or mimetype.startswith(b"application/"):
        return Kind.OFFICE
    return Kind.ZIP


def compound(body: bytes) -> Kind:
    """What a compound file (MS-CFB) is, by the names in its directory: OLE is a workbook, or anything else."""
    if _PROPERTIES in body:  # MS-OXMSG 2.2
        return Kind.MESSAGE
    if _SEALED not in body and any(name in body for name in _LETTERS):
        return Kind.COMPOUND
    return Kind.OLE
