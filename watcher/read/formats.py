"""
What is read, family by family, as `docs/formats.md` tells it.

A row for each reader of the dispatcher: a test holds the two together, and the
page to this.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from watcher.read.sniff import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    One family of documents. `kinds`: what `sniff` calls them.

    `hidden`: what a reader of the document does not see, and is read and marked;
    `unread`: what is not read, and said to be.
    """

    family: str
    kinds: tuple[Kind, ...]
    read: str
    hidden: str = ""
    unread: str = ""


FORMATS: tuple[Format, ...] = (
    Format(
        family="text, logs, program code, YAML, SQL, LDIF, vCard, JSON",
        kinds=(Kind.TEXT, Kind.EMPTY),
        read="any charset, told or found out: UTF-8, -16, -32, -7 where declared, Windows, ISO and EBCDIC pages; "
        "records of these notations are tables to the matcher",
        unread="bytes that are no text in any of them",
    ),
    Format(
        family="CSV, TSV and other delimited tables",
        kinds=(Kind.TABLE,),
        read="any delimiter and quoting, a row at a time",
    ),
    Format(
        family="pages (HTML) and XML",
        kinds=(Kind.HTML, Kind.XML),
        read="text in its order, tables as tables, addresses; the raw text besides",
        hidden="comments, what styles hide; attributes and scripts in the raw text",
        unread="XML whose entities are declared: none is expanded",
    ),
    Format(
        family="encoded text inside any text",
        kinds=(Kind.YENC,),
        read="base64, base32, hexadecimal and its dumps, quoted-printable, uuencode, yEnc, ASCII85, data: URIs, "
        "gzip and zlib in them, nested; what comes out is read as a document of its own",
        unread="what says that it is encoded and cannot be decoded",
    ),
    Format(
        family="workbooks: XLSX, XLSM, XLSB, ODS",
        kinds=(Kind.SPREADSHEET,),
        read="sheets row by row; comments, names, validation, links, headers, charts, embedded files",
        hidden="hidden and very hidden sheets, rows, columns and cells, pivot and link caches, unused strings, formulas, macros",
        unread="data models (`xl/model/item.data`), swept for runs of text",
    ),
    Format(
        family="workbooks as one XML file: flat ODS, SpreadsheetML 2003",
        kinds=(Kind.FLAT_OPEN, Kind.FLAT_EXCEL),
        read="sheets row by row",
        hidden="hidden sheets, rows and columns",
    ),
    Format(
        family="compound files: XLS (1995, 1997), encrypted packages, others",
        kinds=(Kind.OLE,),
        read="sheets; what Excel encrypts with its own password; embedded files",
        hidden="hidden sheets and rows, pivot caches, macros, runs of text in other streams",
        unread="other passwords (`encrypted`); streams without a reader are swept",
    ),
    Format(
        family="letters: DOCX, DOC, ODT, RTF",
        kinds=(Kind.WORD, Kind.OPEN, Kind.RTF, Kind.COMPOUND),
        read="paragraphs in order, tables, notes, headers, text boxes; embedded files",
        hidden="tracked deletions, hidden text, comments, properties, macros",
        unread="encrypted letters",
    ),
    Format(
        family="slides: PPTX, PPT, ODP",
        kinds=(Kind.SLIDES,),
        read="slides in order, tables",
        hidden="hidden slides, notes, comments",
    ),
    Format(
        family="PDF",
        kinds=(Kind.PDF,),
        read="each page as it is drawn and in lines, a table in its rows, also under black boxes; "
        "forms, notes, bookmarks, attached files",
        hidden="layers that are off, earlier revisions, pages in no tree, alternative texts, metadata, scripts; "
        "what stands in no object or in no table of objects",
        unread="pages that are pictures (`image only`), unless OCR is switched on and reads them, or whose fonts do not tell their letters "
        "(`unsupported`); passwords that the document itself does not say (`encrypted`)",
    ),
    Format(
        family="books (EPUB) and other packages",
        kinds=(Kind.EPUB, Kind.OFFICE),
        read="EPUB's chapters; of packages without a reader all XML, without its order",
        unread="a package without a reader is said to be `unsupported` as well",
    ),
    Format(
        family="mail: EML, mbox, MSG, winmail.dat, signed mail, calendars",
        kinds=(
            Kind.MAIL,
            Kind.MAILBOX,
            Kind.MESSAGE,
            Kind.TNEF,
            Kind.SIGNED,
            Kind.CALENDAR,
        ),
        read="headers, all bodies, attachments and forwarded messages as documents of their own, mbox without being held",
        unread="encrypted parts, whose headers are read",
    ),
    Format(
        family="archives: ZIP, 7z, RAR, tar, cab, LHA, ISO 9660, cpio, ar and deb",
        kinds=(
            Kind.ZIP,
            Kind.SEVENZIP,
            Kind.RAR,
            Kind.TAR,
            Kind.CAB,
            Kind.LHA,
            Kind.ISO,
            Kind.CPIO,
            Kind.AR,
        ),
        read="members one by one, their names as text, split volumes of one container put together; encrypted "
        "ones are tried with the passwords that the document itself says",
        unread="`encrypted` where no word opens it, names told; cab, LHA, ISO and packed RAR where the system has no libarchive; ARJ, ACE, StuffIt, Zoo",
    ),
    Format(
        family="compressed streams: gzip, bzip2, xz, lzma, zstd, lzip, LZ4, .Z; br and zstd as a page's encoding",
        kinds=(Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.ZSTD, Kind.PRESSED),
        read="as they unfold, within the limits",
        unread="lzip, LZ4 and .Z where the system has no libarchive; lzop, Snappy, lrzip",
    ),
    Format(
        family="pictures: PNG, JPEG, GIF, WebP, TIFF, HEIC, AVIF, JPEG 2000, JPEG XL, BMP",
        kinds=(Kind.IMAGE,),
        read="their names, through what holds them; what stands behind their end",
        hidden="EXIF, XMP, IPTC, text chunks, comments, archives in blocks of their own. Words in the pixels (`words in the picture (OCR)`) where `[read.ocr]` "
        "is switched on; else no pixel is decoded, and that is no reason to be unread",
        unread="with OCR: a picture beyond its limits, or in a format that Pillow does not decode (HEIC, JPEG XL)",
    ),
    Format(
        family="databases: SQLite; Parquet with the extra `parquet`",
        kinds=(Kind.DATABASE, Kind.PAGELOG, Kind.PARQUET),
        read="rows of plain tables; nothing in them is run; documents in cells",
        hidden="the schema, deleted rows in free space; rows in the logs beside a database (WAL, rollback journal)",
        unread="Parquet without the library",
    ),
    Format(
        family="anything else",
        kinds=(Kind.KNOWN, Kind.UNKNOWN),
        read="swept for runs of text in UTF-8, Latin-1 and UTF-16, as `raw`; an archive or a database that begins among them "
        "(programs that unpack themselves)",
        unread="bytes like chance (encrypted or packed), and known formats without a reader",
    ),
)


def table() -> str:
    """The rows as Markdown."""
    lines = [
        "| family | read | hidden parts, read and marked | said to be unread |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {each.family} | {each.read} | {each.hidden} | {each.unread} |" for each in FORMATS
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
