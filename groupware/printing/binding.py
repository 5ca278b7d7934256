"""Many PDF files bound to one: each page stamped n / N, an outline that leads to every part. Runs in the child: the files are other people's.

A part that cannot be read is not left out in silence: a page says so in its place.
"""
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from groupware.printing.sheets import draw

MOST_PAGES = 5_000
SIZE, MARGIN = 9, 18            # points: of the number, and from the foot of the page
WIDTH_OF_DIGIT = 0.556          # of Helvetica-Bold, as those of all digits; other signs are narrower
UNWANTED = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMedia"}


class Book:
    """Grows part by part. Pages are counted from 1, without those of the cover."""

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        self.sources: list[Pdf] = []            # their pages are copied only when the book is written
        self.parts: list[tuple[str, int]] = []

    def add_file(self, path: str, label: str) -> dict[str, Any]:
        """``first`` page, how many, and why it could not be read ("" if it could)."""
        try:
            source = Pdf.open(path)
            if len(source.pages) + len(self.pdf.pages) > MOST_PAGES:
                return self._apologise(label, "頁が多すぎます")
            return self._take(source, label)
        except pikepdf.PasswordError:
            return self._apologise(label, "パスワードが付いています")
        except (pikepdf.PdfError, OSError):
            return self._apologise(label, "PDF として読めませんでした")

    def add_sheet(self, document: dict[str, Any], label: str) -> dict[str, Any]:
        return self._take(Pdf.open(BytesIO(draw(document))), label)

    def finish(self, cover: dict[str, Any], into: str) -> int:
        """Stamps, puts the cover before, writes. How many pages are stamped."""
        total = len(self.pdf.pages)
        font = self.pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold")))
        for number, page in enumerate(self.pdf.pages, 1):
            _disarm(page)
            _stamp(page, font, f"{number} / {total}")
        leaves = self._put_before(Pdf.open(BytesIO(draw(cover))))
        self._outline(cover["title"], leaves)
        self.pdf.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return total

    def _take(self, source: Pdf, label: str, trouble: str = "") -> dict[str, Any]:
        first = len(self.pdf.pages) + 1
        self.sources.append(source)
        self.pdf.pages.extend(source.pages)
        self.parts.append((label, first))
        return {"first": first, "pages": len(self.pdf.pages) - first + 1, "trouble": trouble}

    def _apologise(self, label: str, trouble: str) -> dict[str, Any]:
        words = {"is": "centred", "text": f"この資料は、{trouble}。\n元のファイルを開いてご覧ください。", "size": 12}
        sheet = {"title": label, "under": "", "foot": "", "plain": True, "blocks": [words]}
        return self._take(Pdf.open(BytesIO(draw(sheet))), label, trouble)

    def _put_before(self, front: Pdf) -> int:
        self.sources.append(front)
        for place, page in enumerate(front.pages):
            self.pdf.pages.insert(place, page)
        return len(front.pages)

    def _outline(self, title: str, leaves: int) -> None:
        with self.pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(title, 0))
            outline.root.extend(pikepdf.OutlineItem(label, leaves + first - 1) for label, first in self.parts)
        self.pdf.Root.PageMode = Name.UseOutlines
        self.pdf.docinfo["/Title"] = title


def _disarm(page: Page) -> None:
    """What would act when a page is opened or pressed upon stays behind; links and marks stay."""
    if "/AA" in page.obj:
        del page.obj["/AA"]
    if "/Annots" in page.obj:
        page.obj.Annots = Array([each for each in page.obj.Annots if not _acts(each)])


def _acts(mark: Any) -> bool:
    try:
        return "/AA" in mark or ("/A" in mark and str(mark.A.get("/S", "")) in UNWANTED)
    except (TypeError, ValueError, AttributeError):
        return True


def _stamp(page: Page, font: Any, number: str) -> None:
    """In the middle of the foot as the page is looked at, on white, whatever its box and however it is turned."""
    name = page.add_resource(font, Name.Font, prefix="Number")
    wide = len(number) * WIDTH_OF_DIGIT * SIZE
    a, b, c, d, x, y = _foot(page, wide)
    words = (f"q {a} {b} {c} {d} {x:.2f} {y:.2f} cm 1 g -4 -3 {wide + 8:.2f} {SIZE + 5} re f 0 g BT {name} {SIZE} Tf 0 0 Td ({number}) Tj ET Q")
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + words.encode("ascii"))


def _foot(page: Page, wide: float) -> tuple[int, int, int, int, float, float]:
    """The matrix that leads to where the number begins."""
    left, low, right, high = (float(each) for each in page.cropbox)
    left, right, low, high = min(left, right), max(left, right), min(low, high), max(low, high)
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned == 90:
        return 0, 1, -1, 0, right - MARGIN, (low + high - wide) / 2
    if turned == 180:
        return -1, 0, 0, -1, (left + right + wide) / 2, high - MARGIN
    if turned == 270:
        return 0, -1, 1, 0, left + MARGIN, (low + high + wide) / 2
    return 1, 0, 0, 1, (left + right - wide) / 2, low + MARGIN
