"""PDFs as a city hall gets them, made here: from its own word processors, from scanners, from programs of long ago."""
import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from groupware.kernel.fonts import GOTHIC, MINCHO

LINE = "市民の皆さまに分かりやすい窓口とするため、申請の手続を見直し、記入の欄を減らすこととした。担当課は次回までに案を示す。"


def drawn(*pages: Callable[[Any], None], size: tuple[float, float] = A4) -> bytes:
    """One page for each of these functions, which get the canvas."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size, invariant=True)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def portrait(*titles: str, font: Path = GOTHIC) -> bytes:
    """A page for each title, in a font that it brings along."""
    return drawn(*(_page(title, _embedded(font)) for title in titles or ("資料",)))


def long(count: int = 100, lines: int = 42) -> bytes:
    """As dense as an ordinance."""
    def dense(number: int) -> Callable[[Any], None]:
        def page(canvas: Any) -> None:
            canvas.setFont(_embedded(), 10)
            for row in range(lines):
                shift = (number * 7 + row * 3) % len(LINE)
                canvas.drawString(48, 790 - row * 18, (LINE[shift:] + LINE)[:48])
            canvas.drawString(48, 24, f"{number}")
        return page
    return drawn(*(dense(number) for number in range(1, count + 1)))


def wide() -> bytes:
    return drawn(_page("A3横の予算書", _embedded()), size=landscape(A3))


def turned(degrees: int = 90) -> bytes:
    return edited(portrait("横に置いた表"), lambda pdf: pdf.pages[0].rotate(degrees, relative=False))


def fontless(*titles: str) -> bytes:
    """Names a Japanese font and does not bring it."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    return drawn(*(_page(title, "HeiseiMin-W3") for title in titles or ("埋め込まれていない明朝",)))


def coloured(title: str = "色のある図") -> bytes:
    def page(canvas: Any) -> None:
        _page(title, _embedded())(canvas)
        canvas.setFillColorRGB(0.1, 0.3, 0.8)
        canvas.rect(100, 300, 200, 120, fill=1)
    return drawn(page)


def scan(pages: int = 1, dpi: int = 200, quality: int = 85) -> bytes:
    """Pictures of paper, noise and all."""
    made = io.BytesIO()
    first, *rest = [scanned_sheet(number, dpi) for number in range(pages)]
    first.save(made, "PDF", resolution=dpi, save_all=True, append_images=rest, quality=quality)
    return made.getvalue()


def scanned_sheet(number: int, dpi: int = 200) -> Image.Image:
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    sheet = Image.new("L", (width, height), 238)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(MINCHO), round(dpi / 6))
    for row in range(30):
        pen.text((dpi // 2, dpi // 2 + row * dpi // 3), f"{number + 1}-{row + 1} {LINE[:32]}", 40, font)
    dice = random.Random(number)
    noise = Image.frombytes("L", (width // 2, height // 2), dice.randbytes((width // 2) * (height // 2))).resize((width, height))
    return Image.blend(sheet, noise, 0.1).filter(ImageFilter.GaussianBlur(0.6))


def locked() -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(portrait("秘密の資料"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(user="himitsu", owner="himitsu"))
    return made.getvalue()


def carrying(*contents: bytes, packing: str = "") -> bytes:
    """Attachments within, packed."""
    def attach(pdf: Any) -> None:
        for number, content in enumerate(contents):
            spec = pikepdf.AttachedFileSpec(pdf, content)
            pdf.attachments[f"添付{number}.bin"] = spec
            if packing:
                spec.obj.EF.F.write(content, filter=pikepdf.Name(packing))
    return edited(portrait("添付のある資料"), attach)


def pinned(content: bytes) -> bytes:
    """Not in the list of attachments: a pin on the page, whose stream does not say what it is."""
    def pin(pdf: Any) -> None:
        described = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.bin", EF=pikepdf.Dictionary(F=pdf.make_stream(content)))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=described)
        pdf.pages[0].Annots = pikepdf.Array([note])
    return edited(portrait("画びょうの付いた資料"), pin)


def broken() -> bytes:
    return portrait("壊れた資料")[:300]


def with_a_bad_page() -> bytes:
    """The second of three pages is no page."""
    return edited(portrait("一頁目", "二頁目", "三頁目"), _spoil)


def edited(pdf: bytes, act: Callable[[Any], object]) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        act(opened)
        opened.save(made)
    return made.getvalue()


def _spoil(pdf: Any) -> None:
    pages = pdf.Root.Pages.Kids
    pages[1] = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Nothing))


def _page(title: str, font: str) -> Callable[[Any], None]:
    def page(canvas: Any) -> None:
        canvas.setFont(font, 24)
        canvas.drawString(60, 760, title)
        canvas.setFont(font, 11)
        for row in range(20):
            canvas.drawString(60, 720 - row * 20, LINE[:40])
    return page


@cache
def _embedded(font: Path = GOTHIC) -> str:
    pdfmetrics.registerFont(TTFont(font.stem, str(font)))
    return font.stem
