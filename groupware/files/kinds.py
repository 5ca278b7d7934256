"""What a file is, by its content. The name is not asked: it is chosen by whoever sends the file."""
import codecs
import re

UNKNOWN = "application/octet-stream"
TEXT, CSV, PDF = "text/plain", "text/csv", "application/pdf"
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
SHOWN_IN_PLACE = {*PICTURES, PDF}       # all others are only ever saved

SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF87a": "image/gif", b"GIF89a": "image/gif", b"%PDF-": PDF}
OFFICE = {
    b"word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation"}
DOCX, XLSX, PPTX = OFFICE.values()
READ = {DOCX, XLSX, PPTX, TEXT}         # for their words
UNITS = {XLSX: "枚目のシート", PPTX: "枚目"}      # of what they have instead of pages
CALLED = {PDF: "PDF", **dict.fromkeys(PICTURES, "画像"), XLSX: "表", CSV: "表", DOCX: "文書", PPTX: "スライド", TEXT: "文書"}      # by people
MACROS = b"vbaProject.bin"
LOOK = 64 * 1024        # bytes from either end: enough to know, however large the file

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def media_type_of(head: bytes, tail: bytes) -> str:
    """From the first and the last 64 KiB. A zip is never opened: the names in its directory, at its end, say enough."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"PK\x03\x04"):
        return _office(tail)
    signed = next((kind for signature, kind in SIGNATURES.items() if head.startswith(signature)), None)
    return signed or (TEXT if _is_text(head) else UNKNOWN)


def _office(directory: bytes) -> str:
    if b"[Content_Types].xml" not in directory or MACROS in directory:
        return UNKNOWN
    return next((kind for name, kind in OFFICE.items() if name in directory), UNKNOWN)


def _is_text(head: bytes) -> bool:
    marked = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), None)
    return any(_reads(head, encoding) for encoding in ((marked,) if marked else ("utf-8", "cp932")))


def _reads(head: bytes, encoding: str) -> bool:
    """The last character may be cut in two."""
    try:
        return not _CONTROL.search(codecs.getincrementaldecoder(encoding)().decode(head))
    except UnicodeDecodeError:
        return False
