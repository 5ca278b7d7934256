"""Office files as a city hall gets them, and as somebody who means harm would make them."""
import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

W, P = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://schemas.openxmlformats.org/presentationml/2006/main"
A, R = "http://schemas.openxmlformats.org/drawingml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="xml" ContentType="application/xml"/>{}</Types>')
WORD = ('<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>')
TO_WORD = (f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>')
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


def packed(members: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(*pages: str, declared: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """``declared``: what stands before the root."""
    turn = "<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>"
    body = turn.join(f"<w:p><w:r><w:t>{page}</w:t></w:r></w:p>" for page in pages)
    document = f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": TYPES.format(WORD), "_rels/.rels": TO_WORD, "word/document.xml": document, **(more or {})})


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def pptx(*slides: str) -> bytes:
    """Shown in this order, whatever their files are called."""
    numbers = range(len(slides), 0, -1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in numbers)
    places = "".join(f'<Relationship Id="r{n}" Type="{R}/slide" Target="slides/slide{n}.xml"/>' for n in numbers)
    pages = {f"ppt/slides/slide{n}.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
             for n, text in zip(numbers, slides, strict=True)}
    order = f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>'
    relations = f'<Relationships xmlns="{RELATIONS}">{places}</Relationships>'
    return packed({"[Content_Types].xml": TYPES.format(""), "ppt/_rels/presentation.xml.rels": relations, "ppt/presentation.xml": order, **pages})


def replaced(packed_file: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """With another text in one of its members."""
    with zipfile.ZipFile(io.BytesIO(packed_file)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed({**members, member: members[member].replace(old, new)})
