"""What is a file by its content, and which text does it hold?"""

import codecs
import re

LARGEST_FILE = 50 * 1024 * 1024

_STARTS = (
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"BZh", "compressed"),
    (b"Rar!", "compressed"),
    (b"{\\rtf", "rich-text"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (codecs.BOM_UTF16_LE, "wide-text"),
    (codecs.BOM_UTF16_BE, "wide-text"),
)
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\{\[\"\]]")
_CONTROL = bytes(byte for byte in range(1, 32) if byte not in b"\t\n\v\f\r\x1a")
_DOUBLE = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
_LOOKED_AT = 65_536


def text_of(content: bytes) -> tuple[str, None] | tuple[None, str]:
    """The text without its mark, or the code of the check that refuses it."""
    code = _refused(content)
    if code is not None:
        return None, code
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows(content)
    return _without_invisible(text), None


def _refused(content: bytes) -> str | None:
    if len(content) > LARGEST_FILE:
        return "too-large"
    if not content.strip(b" \t\r\n\v\f\x00" + codecs.BOM_UTF8):
        return "empty"
    return _known_kind(content) or _markup(content) or _binary(content)


def _known_kind(content: bytes) -> str | None:
    for start, code in _STARTS:
        if content.startswith(start):
            return "spreadsheet" if code == "archive" and _is_workbook(content) else code
    return None


def _is_workbook(content: bytes) -> bool:
    return (b"xl/" in content and b"[Content_Types].xml" in content) or b"oasis.opendocument.spreadsheet" in content


def _markup(content: bytes) -> str | None:
    start = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    if _PAGE.match(start):
        return "html"
    if start.startswith((b"<?xml", b"<!DOCTYPE", b"<NCCIS", b"<Message", b"<nccis")):
        return "xml"
    return "json" if _JSON.match(start) else None


def _binary(content: bytes) -> str | None:
    start = content[:_LOOKED_AT]
    zeros = start.count(0)
    if zeros and zeros * 3 > len(start):
        return "wide-text" if _is_wide(start) else "binary"
    controls = len(start) - len(start.translate(None, _CONTROL))
    if controls * 100 > len(start):
        return "binary"
    return "nul-bytes" if 0 in content else None


def _is_wide(start: bytes) -> bool:
    even, odd = start[::2], start[1::2]
    return even.count(0) * 10 > len(even) * 9 or odd.count(0) * 10 > len(odd) * 9


def _windows(content: bytes) -> tuple[str, None] | tuple[None, str]:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return None, "encoding"
    return (None, "mixed-encoding") if _DOUBLE.search(content) else (_without_invisible(text), None)


def _without_invisible(text: str) -> str:
    text = text.rstrip("\x1a")
    for mark in ("\ufeff", "\u200b"):
        if mark in text:
            text = text.replace(mark, "")
    return text
