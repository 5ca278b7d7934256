"""Draws a document on A4 with the fonts of the house. Runs in the child: reportlab and the fonts cost memory and a second at the first sheet."""
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from groupware.kernel.fonts import GOTHIC, GOTHIC_BOLD

PLAIN, BOLD = "gothic", "gothic-bold"
WIDTH = 170 * mm
MARGIN = 20 * mm
ASIDE = MARGIN - 6        # reportlab keeps six points free within: words begin where tables do
INK, RULE, SHADE = HexColor("#1a1a1c"), HexColor("#767676"), HexColor("#f2f2f2")
GRID = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE), ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5), ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]

TIGHT = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1),
         ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
LABELLED = [32 * mm, WIDTH - 32 * mm]


def draw(document: dict[str, Any]) -> bytes:
    """The PDF."""
    fonts()
    out = BytesIO()
    doc = SimpleDocTemplate(out, pagesize=A4, leftMargin=ASIDE, rightMargin=ASIDE, topMargin=MARGIN, bottomMargin=MARGIN,
                            title=document["title"], author="つながる", lang="ja-JP", invariant=1)
    story = [_paragraph(document["title"], "title")]
    if document["under"]:
        story.append(_paragraph(document["under"], "under"))
    for block in document["blocks"]:
        story += DRAWN[block["is"]](block)
    doc.build(story, canvasmaker=_canvas(document))
    return out.getvalue()


@cache
def fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, str(GOTHIC)))
    pdfmetrics.registerFont(TTFont(BOLD, str(GOTHIC_BOLD)))


@cache
def _style(name: str, size: float = 10.5) -> ParagraphStyle:
    usual = {"fontName": PLAIN, "fontSize": size, "leading": size * 1.6, "wordWrap": "CJK", "textColor": INK}
    return ParagraphStyle(name, **usual | {
        "title": {"fontName": BOLD, "fontSize": 18, "leading": 26, "alignment": TA_CENTER, "spaceAfter": 4},
        "under": {"fontSize": 12, "leading": 18, "alignment": TA_CENTER, "spaceAfter": 12},
        "heading1": {"fontName": BOLD, "fontSize": 13, "leading": 20, "spaceBefore": 12, "spaceAfter": 4, "keepWithNext": 1},
        "heading2": {"fontName": BOLD, "fontSize": 11, "leading": 18, "spaceBefore": 8, "spaceAfter": 2, "keepWithNext": 1},
        "text": {"spaceAfter": 4}, "label": {"fontName": BOLD, "fontSize": 10.5, "leading": 16.8}, "right": {"alignment": TA_RIGHT},
        "centred": {"alignment": TA_CENTER}, "head": {"fontName": BOLD, "fontSize": 9.5, "leading": 14}, "cell": {"fontSize": 9.5, "leading": 14.5},
    }.get(name, {}))


def _paragraph(words: str, style: str, size: float = 10.5) -> Paragraph:
    return Paragraph(escape(words).replace("\n", "<br/>"), _style(style, size))


def _text(block: dict[str, Any]) -> list[Flowable]:
    if not block["label"]:
        return [_paragraph(block["text"], "text")]
    row = [_paragraph(block["label"], "label"), _paragraph(block["text"], "text")]
    return [Table([row], colWidths=LABELLED, style=TIGHT, splitInRow=1)]


def _marked(block: dict[str, Any]) -> list[Flowable]:
    row = [_paragraph(block["label"], "label"), _paragraph(block["text"], "text")]
    style = [*GRID[:1], ("BACKGROUND", (0, 0), (-1, -1), SHADE), ("LINEBEFORE", (0, 0), (0, -1), 2.5, INK), ("TOPPADDING", (0, 0), (-1, -1), 5)]
    return [Spacer(1, mm), Table([row], colWidths=LABELLED, style=style, splitInRow=1), Spacer(1, mm)]


def _fields(block: dict[str, Any]) -> list[Flowable]:
    rows = [[_paragraph(name, "head"), _paragraph(value, "cell")] for name, value in block["rows"]]
    return [Table(rows, colWidths=[36 * mm, WIDTH - 36 * mm], style=[*GRID, ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK)], splitInRow=1)] if rows else []


def _table(block: dict[str, Any]) -> list[Flowable]:
    head = [_paragraph(each, "head") for each in block["columns"]]
    rows = [[_paragraph(each, "cell") for each in row] for row in block["rows"]]
    style = [*GRID, ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK)]
    return [Table([head, *rows], colWidths=[width * mm for width in block["widths"]], repeatRows=1, style=style, splitInRow=1)]


DRAWN = {
    "heading": lambda block: [_paragraph(block["text"], f"heading{block['level']}")], "text": _text, "marked": _marked, "fields": _fields,
    "table": _table, "right": lambda block: [_paragraph(block["text"], "right")],
    "centred": lambda block: [_paragraph(block["text"], "centred", block["size"])], "space": lambda block: [Spacer(1, block["size"] * mm)],
    "page": lambda block: [PageBreak()]}


def _canvas(document: dict[str, Any]) -> type[Canvas]:
    """One that knows at the end how many pages there are."""
    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.pages: list[dict[str, Any]] = []

        def showPage(self) -> None:     # noqa: N802 (reportlab's name)
            self.pages.append(dict(vars(self)))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.pages, 1):
                self.__dict__.update(page)
                _foot(self, document, f"{number} / {len(self.pages)}")
                super().showPage()
            super().save()
    return Numbered


def _foot(canvas: Canvas, document: dict[str, Any], number: str) -> None:
    canvas.setFillColor(RULE)
    canvas.setFont(PLAIN, 8.5)
    canvas.drawString(20 * mm, 11 * mm, document["foot"])
    if not document["plain"]:
        canvas.drawRightString(190 * mm, 11 * mm, number)
