"""Pictures that ask for billions of pixels, are something else as well, or are no pictures at all."""
import gzip
import io
import struct
import zlib
from functools import partial

from PIL import Image, PngImagePlugin

from tests.files.hostile.specimen import GIF, JPEG, PNG, TEXT, UNKNOWN, Specimen, given
from tests.files.office import chunk, flood, picture, zipped
from tests.files.sheets import LAUGHS

MAGIC = b"\x89PNG\r\n\x1a\n"
SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()


def large() -> bytes:
    """As large as is looked at, and nothing but one colour."""
    return saved(Image.new("L", (7_000, 7_000)), "PNG")


def with_text(kind: bytes, megabytes: int = 60) -> bytes:
    """A word about the picture that unpacks to very much."""
    body = b"Comment\0\0" + zlib.compress(bytes(megabytes * 1_000_000), 9)
    plain = picture("PNG")
    return plain[:33] + chunk(kind, body) + plain[33:]


def resized(kind: str, at: int, form: str, *sides: int) -> bytes:
    """With other sides written into its head."""
    plain = bytearray(picture(kind))
    plain[at:at + struct.calcsize(form)] = struct.pack(form, *sides)
    return bytes(plain)


def tall_jpeg() -> bytes:
    plain = picture("JPEG")
    return plain.replace(plain[plain.index(b"\xff\xc0") + 5:plain.index(b"\xff\xc0") + 9], struct.pack(">HH", 65_500, 65_500), 1)


def circling_exif() -> bytes:
    """The list of its words says that it goes on where it begins."""
    looped = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\x08"
    return picture("JPEG", exif=looped)


def commented(words: bytes) -> bytes:
    plain = picture("JPEG")
    return plain[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + plain[2:]


def moving(frames: int) -> bytes:
    first, *rest = [Image.new("P", (60, 60), number % 250) for number in range(frames)]
    return saved(first, "GIF", save_all=True, append_images=rest)


def described() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>北緯35度</x:xmpmeta>")
    return saved(Image.new("RGB", (40, 30)), "PNG", pnginfo=words)


def spoilt_sum() -> bytes:
    plain = bytearray(picture("PNG"))
    plain[29] ^= 255
    return bytes(plain)


SPECIMENS = [
    Specimen("flood of pixels", "写真.png", partial(flood, 100_000, 100_000), UNKNOWN),
    Specimen("flood just above the limit", "写真.png", partial(flood, 10_000, 5_001), UNKNOWN),
    Specimen("flood just below the limit", "写真.png", large, PNG),
    Specimen("no pixels", "写真.png", partial(flood, 0, 0), UNKNOWN),
    Specimen("flood of a JPEG", "写真.jpg", tall_jpeg, UNKNOWN),
    Specimen("flood of a GIF", "動き.gif", partial(resized, "GIF", 6, "<HH", 65_535, 65_535), UNKNOWN),
    Specimen("PNG cut off", "写真.png", lambda: picture("PNG", (400, 300))[:-40], PNG),
    Specimen("PNG cut off in its head", "写真.png", lambda: picture("PNG")[:20], UNKNOWN),
    Specimen("JPEG cut off", "写真.jpg", lambda: picture("JPEG", (400, 300))[:400], UNKNOWN),
    Specimen("WebP cut off", "写真.webp", lambda: picture("WEBP", (400, 300))[:-30], UNKNOWN),
    Specimen("empty WebP", "写真.webp", given(b"RIFF\4\0\0\0WEBP"), UNKNOWN),
    Specimen("wrong sum", "写真.png", spoilt_sum, UNKNOWN),
    Specimen("word that unpacks to 60 MB", "写真.png", partial(with_text, b"zTXt"), UNKNOWN),
    Specimen("profile that unpacks to 60 MB", "写真.png", partial(with_text, b"iCCP"), UNKNOWN),
    Specimen("says where it was taken", "写真.png", described, PNG),
    Specimen("words that go in a circle", "写真.jpg", circling_exif, JPEG),
    Specimen("very many movements", "動き.gif", partial(moving, 400), GIF),
    Specimen("GIF that is a script", "動き.gif", given(b"GIF89a=1;alert(1)//"), UNKNOWN),
    Specimen("JPEG with a page in its comment", "写真.html", lambda: commented(b"*/" + SCRIPT + b"/*"), JPEG),
    Specimen("JPEG with a program of the web", "写真.php.jpg", lambda: commented(b"<?php system($_GET[0]); ?>"), JPEG),
    Specimen("JPEG and zip", "写真.jpg", lambda: picture("JPEG") + zipped(a=b"x"), JPEG),
    Specimen("PNG and page", "写真.html", lambda: picture("PNG") + b"<!DOCTYPE html>" + SCRIPT, PNG),
    Specimen("GIF and page", "写真.htm", lambda: picture("GIF") + SCRIPT, GIF),
    Specimen("SVG with a script", "図.svg", given(SVG), TEXT),
    Specimen("SVG called PNG", "図.png", given(SVG), TEXT),
    Specimen("SVG behind a mark", "図.svg", given(b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG), TEXT),
    Specimen("SVG that laughs", "図.svg", given(LAUGHS.encode() + b"<svg>&i;</svg>"), TEXT),
    Specimen("SVG of a file", "図.svg", given(b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>'), TEXT),
    Specimen("packed SVG that unpacks to very much", "図.svgz", lambda: gzip.compress(bytes(30_000_000)), UNKNOWN),
    Specimen("BMP called PNG", "写真.png", lambda: picture("BMP"), UNKNOWN),
    Specimen("TIFF called JPEG", "写真.jpg", lambda: picture("TIFF"), UNKNOWN),
    Specimen("EPS called JPEG", "写真.jpg", given(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (w) file\n"), TEXT),
    Specimen("page of the web called PNG", "写真.png", given(b"<!DOCTYPE html><html>" + SCRIPT), TEXT),
]
