"""PDFs that act, that go in circles, that are broken, and that say they are as long as the night."""
import io
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.files import pdfs
from tests.files.hostile.specimen import PDF, TEXT, UNKNOWN, Specimen, given
from tests.files.office import PDF as PLAIN

SCRIPT = b"<script>alert(document.domain)</script>"


def edited(act: Callable[[Any], object]) -> Callable[[], bytes]:
    return lambda: pdfs.edited(pdfs.portrait("届出の控え"), act)


def acting(**action: Any) -> Callable[[], bytes]:
    """Something happens when it is opened."""
    return edited(lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(**action)))


def carrying(name: str, content: bytes) -> Callable[[], bytes]:
    return edited(lambda pdf: pdf.attachments.__setitem__(name, content))


def by_hand(*objects: bytes, prev: int | None = None) -> bytes:
    """Objects numbered from 1, with a table that fits; ``prev``: where it says that the table goes on (-1: here)."""
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    made.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    more = b"" if prev is None else b"/Prev %d" % (table if prev < 0 else prev)
    made.write(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, more, table))
    return made.getvalue()


def stream(content: bytes, words: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), words, content)


def bomb(megabytes: int) -> bytes:
    return stream(zlib.compress(bytes(megabytes * 1_000_000), 9), b"/Filter/FlateDecode")


CATALOG, TREE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R/B 5 0 R>>>>"
IMAGE = b"/Type/XObject/Subtype/Image/Width 20000/Height 20000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"


def sized(*box: int) -> Callable[[], bytes]:
    return edited(lambda pdf: pdf.pages[0].__setitem__("/MediaBox", Array(box)))


def very_long(pages: int = 2_001) -> bytes:
    made, out = pikepdf.Pdf.new(), io.BytesIO()
    first = made.add_blank_page()
    made.pages.extend([first] * (pages - 1))
    made.save(out)
    return out.getvalue()


def one_page(resources: bytes, *objects: bytes) -> bytes:
    return by_hand(CATALOG, TREE, PAGE % resources, *objects)


SPECIMENS = [
    Specimen("script when opened", "通知.pdf", acting(S=Name.JavaScript, JS=String("app.alert(1); this.submitForm('http://127.0.0.1:9/')")), PDF),
    Specimen("starts a program", "通知.pdf", acting(S=Name.Launch, F=String("cmd.exe")), PDF),
    Specimen("goes to another machine", "通知.pdf", acting(S=Name.GoToR, F=String("\\\\127.0.0.1\\x"), D=Array([0, Name.Fit])), PDF),
    Specimen("sends a form", "通知.pdf", acting(S=Name.SubmitForm, F=String("http://127.0.0.1:9/x")), PDF),
    Specimen("opens an address", "通知.pdf", acting(S=Name.URI, URI=String("javascript:alert(1)")), PDF),
    Specimen("carries a program", "通知.pdf", carrying("x.exe", b"MZ\x90\x00"), PDF),
    Specimen("own form", "通知.pdf", edited(lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(XFA=pdf.make_stream(b"<x/>")))), PDF),
    Specimen("page that is also a page of the web", "通知.html", given(PLAIN + SCRIPT), PDF),
    Specimen("page of the web before it", "通知.pdf", given(SCRIPT + PLAIN), TEXT),
    Specimen("much before it", "通知.pdf", lambda: bytes(2_000) + pdfs.portrait("届出"), UNKNOWN),
    Specimen("only a beginning", "通知.pdf", given(b"%PDF-1.7\n"), PDF),
    Specimen("cut off", "通知.pdf", lambda: pdfs.portrait("届出")[:900], PDF),
    Specimen("a lost table", "通知.pdf", lambda: pdfs.portrait("届出").replace(b"startxref\n", b"startxref\n9"), PDF),
    Specimen("a table of nothing", "通知.pdf", lambda: pdfs.portrait("届出").replace(b"xref\n0 ", b"xref\n9"), PDF),
    Specimen("a table that goes in a circle", "通知.pdf", partial(by_hand, CATALOG, TREE, PAGE % b"", stream(b""), prev=-1), PDF),
    Specimen("pages that go in a circle", "通知.pdf", lambda: by_hand(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"), PDF),
    Specimen("a thousand million pages", "通知.pdf", lambda: by_hand(CATALOG, TREE.replace(b"Count 1", b"Count 1000000000"), PAGE % b""), PDF),
    Specimen("fewer than no pages", "通知.pdf", lambda: by_hand(CATALOG, TREE.replace(b"Count 1", b"Count -1"), PAGE % b""), PDF),
    Specimen("2,001 pages", "通知.pdf", very_long, PDF),
    Specimen("words that unpack to 30 MB", "通知.pdf", lambda: one_page(b"", bomb(30)), PDF),
    Specimen("a picture of 400 million points", "通知.pdf", lambda: one_page(b"/XObject<</X 5 0 R>>", stream(b"600 0 0 800 0 0 cm /X Do"),
                                                                            stream(zlib.compress(bytes(1_000_000), 9), IMAGE)), PDF),
    Specimen("forms within each other", "通知.pdf", lambda: one_page(b"/XObject<</A 4 0 R>>", stream(b"/B Do /B Do", FORM),
                                                                  stream(b"/A Do /A Do", FORM)), PDF),
    Specimen("as large as the moon", "通知.pdf", sized(0, 0, 1_000_000_000, 1_000_000_000), PDF),
    Specimen("no size", "通知.pdf", sized(0, 0, 0, 0), PDF),
    Specimen("inside out", "通知.pdf", sized(595, 842, 0, 0), PDF),
    Specimen("long and thin", "通知.pdf", sized(0, 0, 1, 14_400), PDF),
    Specimen("locked", "通知.pdf", pdfs.locked, PDF),
    Specimen("one bad page", "通知.pdf", pdfs.with_a_bad_page, PDF),
    Specimen("deep brackets", "通知.pdf", lambda: by_hand(CATALOG, b"[" * 50_000 + b"]" * 50_000), PDF),
    Specimen("deep states", "通知.pdf", lambda: one_page(b"", stream(b"q " * 300_000)), PDF),
]
