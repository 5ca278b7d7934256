"""Zips that unpack to a planet, and Office files that are such zips."""
import io
import struct
import zipfile
from functools import partial

from tests.files import sheets
from tests.files.hostile.specimen import DOCX, PPTX, UNKNOWN, XLSX, Specimen
from tests.files.office import zipped

MEGA = 1_000_000
STEP = '<!DOCTYPE x [<!ENTITY x SYSTEM "{}">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
TEMPLATE = (f'<Relationships xmlns="{sheets.RELATIONS}"><Relationship Id="r1" Type="{sheets.R}/attachedTemplate" '
            'Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>')
SHEET = "xl/worksheets/sheet1.xml"


def nested(levels: int) -> bytes:
    inside = zipped(a=bytes(2 * MEGA))
    for _ in range(levels):
        inside = sheets.packed({f"{number}.zip": inside for number in range(10)})
    return inside


def lying(content: bytes, member: str, says: int) -> bytes:
    """Its directory calls the member much smaller than it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        real = archive.getinfo(member).file_size
    return content.replace(struct.pack("<I", real), struct.pack("<I", says))


def encrypted() -> bytes:
    plain = bytearray(zipped(a=b"x" * 50))
    plain[6] |= 1
    plain[plain.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(plain)


def link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return made.getvalue()


def book(old: bytes, new: bytes, member: str = SHEET) -> bytes:
    return sheets.replaced(sheets.xlsx(表=[["窓口", 1], ["転入", 2]]), member, old, new)


def deck(target: str = "slides/slide1.xml", slide: str = "", shown: int = 1) -> bytes:
    ids = '<p:sldId id="256" r:id="r1"/>' * shown
    return sheets.packed({
        "[Content_Types].xml": sheets.TYPES.format(""), "ppt/slides/slide1.xml": slide or f'<p:sld xmlns:p="{sheets.P}"/>',
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{sheets.P}" xmlns:r="{sheets.R}"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="{sheets.RELATIONS}"><Relationship Id="r1" Target="{target}"/></Relationships>'})


def quadratic() -> bytes:
    return sheets.docx("&a;" * 20_000, declared=f'<!DOCTYPE x [<!ENTITY a "{"A" * 20_000}">]>')


def stretched() -> bytes:
    return book(b'<row r="2"', b'<row r="1048576"')


SPECIMENS = [
    Specimen("zip bomb", "資料.zip", lambda: zipped(a=bytes(20 * MEGA)), UNKNOWN),
    Specimen("zips within zips", "資料.zip", partial(nested, 4), UNKNOWN),
    Specimen("zip that leads upward", "資料.zip", lambda: sheets.packed({"../../../etc/cron.d/x": b"x", "/etc/passwd": b"x"}), UNKNOWN),
    Specimen("zip with a link", "資料.zip", link, UNKNOWN),
    Specimen("zip of very many", "資料.zip", lambda: sheets.packed({f"{n}": b"" for n in range(9_000)}), UNKNOWN),
    Specimen("locked zip", "資料.zip", encrypted, UNKNOWN),
    Specimen("zip cut off", "資料.zip", lambda: zipped(a=b"x" * 900)[:-30], UNKNOWN),
    Specimen("zip that is a page behind", "資料.html", lambda: zipped(a=b"x") + b"<html><script>alert(1)</script>", UNKNOWN),
    Specimen("jar", "窓口.docx", lambda: sheets.packed({"META-INF/MANIFEST.MF": "Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"}), UNKNOWN),

    Specimen("billion laughs", "文書.docx", lambda: sheets.docx("&i;", declared=sheets.LAUGHS), DOCX),
    Specimen("quadratic laughs", "文書.docx", quadratic, DOCX),
    Specimen("entity of a file", "文書.docx", lambda: sheets.docx("&x;", declared=STEP.format("file:///etc/passwd")), DOCX),
    Specimen("entity of another machine", "文書.docx", lambda: sheets.docx("&x;", declared=STEP.format("http://127.0.0.1:9/x")), DOCX),
    Specimen("parameter entity", "文書.docx", lambda: sheets.docx("x", declared=PARAMETER), DOCX),
    Specimen("says it is huge", "文書.docx", lambda: sheets.docx("x", more={"word/media/huge.bin": bytes(101 * MEGA)}), DOCX),
    Specimen("says it is small", "文書.docx", lambda: lying(sheets.docx("A" * 20 * MEGA), "word/document.xml", 4_000), DOCX),
    Specimen("one word of 20 MB", "文書.docx", lambda: sheets.docx("A" * 20 * MEGA), DOCX),
    Specimen("thousands of members", "文書.docx", lambda: sheets.docx("x", more={f"a/{n}": b"" for n in range(6_000)}), UNKNOWN),
    Specimen("deep", "文書.docx", lambda: sheets.docx("<w:r>" * 100_000 + "</w:r>" * 100_000), DOCX),
    Specimen("Word cut off", "文書.docx", lambda: sheets.docx("本文" * 900)[:-80], DOCX),
    Specimen("no document", "文書.docx", lambda: sheets.packed({"[Content_Types].xml": "", "word/document.xml": ""}), DOCX),
    Specimen("macros", "文書.docx", lambda: sheets.docx("x", more={"word/vbaProject.bin": b"x"}), UNKNOWN),
    Specimen("template elsewhere", "文書.docx", lambda: sheets.docx("本文", more={"word/_rels/settings.xml.rels": TEMPLATE}), DOCX),
    Specimen("a bomb inside", "文書.docx", lambda: sheets.docx("本文", more={"word/embeddings/x.zip": nested(3)}), DOCX),
    Specimen("not in its encoding", "文書.docx", lambda: sheets.replaced(sheets.docx("QQQ"), "word/document.xml", b"QQQ", b"\xff\xfe\xc3\x28"), DOCX),

    Specimen("a million empty rows", "表.xlsx", stretched, XLSX),
    Specimen("a cell of the last column", "表.xlsx", lambda: book(b'r="A2"', b'r="XFD2"'), XLSX),
    Specimen("laughing styles", "表.xlsx", lambda: book(b"<styleSheet", sheets.LAUGHS.encode() + b"<styleSheet", "xl/styles.xml"), XLSX),
    Specimen("sheet with an entity", "表.xlsx", lambda: book(b"<worksheet", STEP.format("file:///etc/passwd").encode() + b"<worksheet"), XLSX),
    Specimen("sheet that is not there", "表.xlsx", lambda: book(b"worksheets/sheet1", b"worksheets/sheet9", "xl/_rels/workbook.xml.rels"), XLSX),
    Specimen("formula that calls a program", "表.xlsx", lambda: sheets.xlsx(表=[["=cmd|' /C calc'!A0"]]), XLSX),
    Specimen("a string that is not there", "表.xlsx", lambda: book(b't="n"><v>1</v>', b't="s"><v>999999999</v>'), XLSX),
    Specimen("very many sheets", "表.xlsx", lambda: sheets.xlsx(**{f"s{n}": [["x"]] for n in range(60)}), XLSX),

    Specimen("no slides", "説明.pptx", lambda: sheets.packed({"[Content_Types].xml": "", "ppt/presentation.xml": "<x/>"}), PPTX),
    Specimen("slide that leads upward", "説明.pptx", lambda: deck("../../../../../etc/passwd"), PPTX),
    Specimen("one slide shown 20,000 times", "説明.pptx", lambda: deck(shown=20_000), PPTX),
    Specimen("laughing slide", "説明.pptx", lambda: deck(slide=sheets.LAUGHS + "<x>&i;</x>"), PPTX),
    Specimen("slide of another machine", "説明.pptx", lambda: deck("http://127.0.0.1:9/x"), PPTX),
]
