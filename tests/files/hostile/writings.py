"""Pages of the web, programs and tables under other names; and viruses in every wrapping."""
import base64
import gzip
import io
import tarfile
from functools import partial

from tests.files import sheets
from tests.files.hostile.papers import one_page, stream
from tests.files.hostile.specimen import DOCX, PDF, PNG, TEXT, UNKNOWN, Specimen, given
from tests.files.office import picture
from tests.files.scanners import EICAR

PAGE = "<!DOCTYPE html><html><body onload=alert(1)><script>alert(document.cookie)</script></body></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def tar(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def letter(content: bytes) -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(content)


SPECIMENS = [
    Specimen("page of the web", "案内.html", given(PAGE.encode()), TEXT),
    Specimen("page called PDF", "案内.pdf", given(PAGE.encode()), TEXT),
    Specimen("page called text", "案内.txt", given(PAGE.encode()), TEXT),
    Specimen("page in UTF-16", "案内.html", given(PAGE.encode("utf-16")), TEXT),
    Specimen("page in UTF-7", "案内.html", given(b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"), TEXT),
    Specimen("page behind nothing", "案内.html", given(bytes(3) + PAGE.encode()), UNKNOWN),
    Specimen("page behind much room", "案内.html", lambda: b" " * 70_000 + PAGE.encode(), TEXT),
    Specimen("strict page", "案内.xhtml", given(b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><script/></html>"), TEXT),
    Specimen("page that is laid out", "案内.xml", given(b"<?xml-stylesheet href='data:text/xsl,x' type='text/xsl'?><x/>"), TEXT),
    Specimen("saved page", "案内.mhtml", given(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<script>alert(1)</script>"), TEXT),
    Specimen("script", "案内.js", given(b"fetch('/admin').then(x => x)"), TEXT),
    Specimen("worker of the browser", "sw.js", given(b"self.addEventListener('fetch', e => e.respondWith(x))"), TEXT),
    Specimen("sheet of styles", "案内.css", given(b"@import url(//127.0.0.1:9/x.css);"), TEXT),
    Specimen("batch", "案内.bat", given(b"@echo off\r\ndel /q *\r\n"), TEXT),
    Specimen("way to a program", "案内.url", given(b"[InternetShortcut]\r\nURL=file://127.0.0.1/x.exe\r\n"), TEXT),
    Specimen("link to a program", "案内.lnk", given(b"L\0\0\0\x01\x14\x02\0" + bytes(80)), UNKNOWN),
    Specimen("program", "案内.exe", given(b"MZ\x90\0" + bytes(200)), UNKNOWN),
    Specimen("program called PDF", "案内.pdf", given(b"MZ\x90\0" + bytes(200)), UNKNOWN),
    Specimen("program called Word", "案内.docx", given(b"\x7fELF\x02\x01\x01" + bytes(200)), UNKNOWN),
    Specimen("Word of long ago", "案内.docx", given(OLE + bytes(600)), UNKNOWN),
    Specimen("Rich Text with an object", "案内.doc", given(rb"{\rtf1{\object\objupdate{\*\objdata 0105}}}"), TEXT),
    Specimen("table that calls a program", "名簿.csv", given("氏名\r\n=cmd|' /C calc'!A0\r\n".encode()), "text/csv"),
    Specimen("one line of 30 MB", "記録.txt", lambda: b"a" * 30_000_000, TEXT),
    Specimen("nothing but nothing", "記録.txt", lambda: bytes(1_000_000), UNKNOWN),
    Specimen("half a letter at the end", "記録.txt", given("窓口".encode()[:-1]), TEXT),
    Specimen("halves of letters", "記録.txt", given(b"\xff\xfe\x00\xd8" * 100), UNKNOWN),
]

VIRUSES = [
    Specimen("virus", "請求書.txt", given(EICAR), TEXT),
    Specimen("virus in a zip", "請求書.zip", lambda: sheets.packed({"x.com": EICAR}), UNKNOWN),
    Specimen("virus in a zip in a zip", "請求書.zip", lambda: sheets.packed({"x.zip": sheets.packed({"x.com": EICAR})}), UNKNOWN),
    Specimen("virus packed", "請求書.gz", lambda: gzip.compress(EICAR), UNKNOWN),
    Specimen("virus on a tape", "請求書.tar", partial(tar, "x.com", EICAR), UNKNOWN),
    Specimen("virus on a packed tape", "請求書.tgz", lambda: gzip.compress(tar("x.com", EICAR)), UNKNOWN),
    Specimen("virus in Word", "請求書.docx", lambda: sheets.docx("請求", more={"word/embeddings/x.bin": EICAR}), DOCX),
    Specimen("virus behind a picture", "請求書.png", lambda: picture("PNG") + EICAR, PNG),
    Specimen("virus carried by a PDF", "請求書.pdf", lambda: one_page(b"", stream(b""), stream(EICAR, b"/Type/EmbeddedFile")), PDF),
    Specimen("virus in a letter", "請求書.eml", lambda: letter(sheets.packed({"x.com": EICAR})), TEXT),
]
