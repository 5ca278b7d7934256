"""A file is what its bytes say, whatever its name says."""
import struct

import pytest

from groupware.files.kinds import UNKNOWN, media_type_of
from groupware.files.pictures import measure
from tests.files.office import PDF, docx, flood, picture, zipped

OFFICE = "application/vnd.openxmlformats-officedocument."


def kind(content: bytes) -> str:
    return media_type_of(content[:65536], content[-65536:])


@pytest.mark.parametrize(("content", "expected"), [
    (picture("PNG"), "image/png"), (picture("JPEG"), "image/jpeg"), (picture("GIF"), "image/gif"), (picture("WEBP"), "image/webp"),
    (PDF, "application/pdf"),
    (docx(), OFFICE + "wordprocessingml.document"),
    (zipped(**{"xl__workbook_dot_xml": b"x", "[Content_Types]_dot_xml": b"x"}), OFFICE + "spreadsheetml.sheet"),
    (zipped(**{"[Content_Types]_dot_xml": b"x", "ppt__presentation_dot_xml": b"x"}), OFFICE + "presentationml.presentation"),
    ("日本語の文\r\nです\t".encode(), "text/plain"), ("氏名,部署\n﨑山,市民課".encode("cp932"), "text/plain"),
    ("BOM".encode("utf-8-sig"), "text/plain"),
    ("文".encode("utf-16"), "text/plain"), (b"<html><script>alert(1)</script>", "text/plain"), (b"<svg onload=alert(1)>", "text/plain"),
], ids=range(14))
def test_a_kind_is_known_by_content(content, expected):
    assert kind(content) == expected


@pytest.mark.parametrize("content", [
    b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00\x01\x02", docx(macros=True), zipped(a=b"x"),
    b"PK\x05\x06" + bytes(18),
    b"\x1f\x8b\x08\x00", b"x\x00y", b"RIFF\x00\x00\x00\x00WAVE", b"\xff\xfe\x00\xd8a\x00", b"\xef\xbb\xbf\x00"], ids=range(12))
def test_everything_else_is_only_ever_saved(content):
    assert kind(content) == UNKNOWN


def test_a_character_cut_at_the_end_of_the_look_is_no_reason_to_doubt():
    assert kind("あ".encode() * 30_000) == "text/plain"
    assert media_type_of(("x" + "あ" * 30_000).encode("cp932")[:65536], b"") == "text/plain"


@pytest.mark.parametrize("content", [flood(60_000, 60_000), flood(10_000, 5_001), picture("PNG")[:20], b"GIF89a" + b"/*<script>*/",
                                     b"\xff\xd8\xff" + b"x" * 50,
                                     b"RIFF" + struct.pack("<I", 4) + b"WEBP", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_flood_of_pixels_and_a_false_beginning_are_not_measured(tmp_path, content):
    path = tmp_path / "x"
    path.write_bytes(content)
    assert measure(path, kind(content)) is None


def test_a_picture_is_measured_upright(tmp_path):
    for orientation, sides in ((1, (40, 30)), (6, (30, 40)), (8, (30, 40)), (3, (40, 30))):
        path = tmp_path / "x"
        path.write_bytes(picture("JPEG", exif=turned(orientation)))
        assert measure(path, "image/jpeg") == sides


def turned(orientation: int) -> bytes:
    return b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01" + struct.pack(">HH", orientation, 0) + bytes(4)
