"""Opens a PDF and draws its pages. Runs in a child that may be killed: PDFium knows neither threads nor mercy.

PDFium draws nothing at all where a PDF brings no font and the machine has none; so it is told of ours.
"""
import ctypes
import io
import re
import unicodedata
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from groupware.kernel.child import serve
from groupware.kernel.fonts import FOLDER

MOST_PAGES = 2_000
MOST_PIXELS = 4_000_000
MOST_TEXT = 100_000                 # characters of one page
SMALL, WHOLE = 200, 1_200           # pixels of width
GREY_ENOUGH = 10                    # by how much the colours of a pixel may differ on a page without colour
COLOURED = [0 if value <= GREY_ENOUGH else 255 for value in range(256)]
PLAIN_ENOUGH = 0.4                  # of a drawn page is paper; a scan has noise everywhere
SIXTEENTH = [round(value / 17) for value in range(256)]
GREYS = [value * 17 for value in range(16) for _ in range(3)]
PROBE = 600                         # pixels of width that show a thin line in colour
QUALITY, LESS, LARGE = 80, 60, 380 * 1024
HASH = 16                           # squares along each side of the image hash
A4 = (595, 842)
PASSWORD = 4                        # what PDFium calls this error
OUR_MINCHO = b"BIZ UDPMincho"
NAMES_OF_MINCHO = (b"mincho", b"heiseimin", b"hiramin", b"kozmin", b"ryumin", b"yumin", *("明朝".encode(code) for code in ("utf-8", "cp932")))
IS_MINCHO = re.compile(b"|".join(map(re.escape, NAMES_OF_MINCHO)), re.IGNORECASE)


def use_own_fonts() -> None:
    """For the life of the process."""
    paths = (ctypes.POINTER(ctypes.c_char) * 2)()
    paths[0] = ctypes.cast(ctypes.create_string_buffer(str(FOLDER).encode()), ctypes.POINTER(ctypes.c_char))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths, m_pIsolate=None, m_v8EmbedderSlot=0))
    _kept.append(paths)
    OwnFonts().setup()


class OwnFonts(pdfium.PdfSysfontBase):
    """Left alone, PDFium finds a 明朝 only where it goes by one of a few names, and takes a gothic for all the others."""

    def MapFont(self, _: Any, *asked: Any) -> Any:      # noqa: N802 (PDFium calls it so; the fifth thing asked is the name)
        if IS_MINCHO.search(ctypes.string_at(asked[4])):
            return self.default.GetFont(self.default, OUR_MINCHO)
        return self.default.MapFont(self.default, *asked)


def answer(question: dict[str, Any]) -> Any:
    """{from}: {state, shapes}. {from, page, to}: all of a page. {from, page, to, width}: one picture of it, true when it is there."""
    if "page" not in question:
        return opened(question["from"])
    with closing(pdfium.PdfDocument(question["from"])) as document, closing(document[question["page"] - 1]) as page:
        if "width" in question:
            return _keep(picture(page, question["width"], _drawn(page, PROBE)), question["to"])
        return _looked_through(page, question["to"])


def opened(path: str) -> dict[str, Any]:
    """``shapes``: width and height of every page in points, as it is looked at."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as problem:
        return {"state": "encrypted" if problem.err_code == PASSWORD else "broken"}
    with closing(document):
        if not len(document):
            return {"state": "broken"}
        if len(document) > MOST_PAGES:
            return {"state": "long"}
        return {"state": "ok", "shapes": [_shape(document, index) for index in range(len(document))]}


def picture(page: Any, width: int, probe: Image.Image) -> bytes:
    """PNG of sixteen greys for what is printed in black, JPEG for everything else; ``probe``, a smaller picture, shows whether there is colour."""
    if _has_colour(probe):
        return _jpeg(_drawn(page, width))
    grey = _drawn(page, width, grey=True)
    if max(grey.histogram()) <= PLAIN_ENOUGH * grey.width * grey.height:
        return _jpeg(grey)
    sixteen = Image.frombytes("P", grey.size, grey.point(SIXTEENTH).tobytes())
    sixteen.putpalette(GREYS)
    return _encoded(sixteen, "PNG", bits=4, compress_level=1)      # more would cost twice the time for a fifteenth of the bytes


def known_by(text: str, small: Image.Image) -> str:
    """The fingerprint of a page: the same text and nearly the same picture are the same page."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    grey = small.convert("L").resize((HASH + 1, HASH), Image.Resampling.BOX).tobytes()
    bits = "".join("1" if grey[row * (HASH + 1) + column] > grey[row * (HASH + 1) + column + 1] else "0"
                   for row in range(HASH) for column in range(HASH))
    return f"{sha256(words.encode()).hexdigest()[:32]}:{int(bits, 2):064x}"


def _looked_through(page: Any, to: str) -> dict[str, Any]:
    text = _text(page)
    probe = _drawn(page, PROBE)         # a scan is unpacked anew for each picture: so the smallest is made of this one
    small = probe.resize((SMALL, max(1, round(probe.height * SMALL / probe.width))), Image.Resampling.BOX)
    _keep(_encoded(small, "JPEG", quality=QUALITY), f"{to}-{SMALL}")
    _keep(picture(page, WHOLE, probe), f"{to}-{WHOLE}")
    return {"text": text, "fingerprint": known_by(text, small)}


def _text(page: Any) -> str:
    with closing(page.get_textpage()) as said:
        text = said.get_text_range()[:MOST_TEXT]
    return "".join(each for each in text.replace("\r\n", "\n") if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs", "Cn"}).strip()


def _drawn(page: Any, width: int, *, grey: bool = False) -> Image.Image:
    across, down = page.get_size()
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    with closing(page.render(scale=scale, grayscale=grey)) as bitmap:
        return bitmap.to_pil().convert("L" if grey else "RGB")


def _jpeg(drawn: Image.Image) -> bytes:
    made = _encoded(drawn, "JPEG", quality=QUALITY)
    return made if len(made) <= LARGE else _encoded(drawn, "JPEG", quality=LESS)


def _has_colour(drawn: Image.Image) -> bool:
    red, green, blue = drawn.split()
    return any(ImageChops.difference(one, other).point(COLOURED).getbbox() for one, other in ((red, green), (green, blue)))


def _shape(document: Any, index: int) -> list[int]:
    """That of a page which is none is A4's: its number has a place to be said at."""
    try:
        width, height = document.get_page_size(index)
    except pdfium.PdfiumError:
        width, height = A4
    return [max(1, round(width)), max(1, round(height))]


def _encoded(drawn: Image.Image, kind: str, **more: Any) -> bytes:
    made = io.BytesIO()
    drawn.save(made, kind, **more)
    return made.getvalue()


def _keep(content: bytes, target: str) -> bool:
    """Written beside and moved, so that nobody meets half a picture."""
    part = Path(f"{target}.part")
    part.write_bytes(content)
    part.replace(target)
    return True


_kept: list[Any] = []       # what PDFium points to

if __name__ == "__main__":
    use_own_fonts()
    serve(answer, megabytes=1_536)
