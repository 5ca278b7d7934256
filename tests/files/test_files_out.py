"""Files go out to whoever may see the thing they hang on, shown only as what they are."""
import io
from urllib.parse import quote

import pytest
from PIL import Image

from groupware.files import previews
from groupware.files.commands import attach_files, detach_files
from groupware.files.queries import address_of
from groupware.files.store import store
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import card_for
from tests.files.office import PDF, browser, docx, flood, helper_works, person, picture, sent
from tests.files.test_file_kinds import turned


def test_a_loose_file_is_its_senders_alone(house):
    owner, other = person(), person("大江 千尋")
    address = address_of(sent(owner))
    assert browser(house, owner).get(address, buffered=True).data == PDF
    assert browser(house, other).get(address, buffered=True).status_code == 404


def test_the_right_is_asked_of_the_thing_on_every_request(house, desk):
    owner, reader, stranger = person(), person("大江 千尋"), person("大沢 健")
    file = sent(owner, "写真.png", picture())
    attach_files(owner, (file.id,), desk.lay(1, owner, reader))
    helper_works()
    addresses = (address_of(file), f"/files/previews/{file.id}")
    readers, strangers, owners = browser(house, reader), browser(house, stranger), browser(house, owner)
    assert [readers.get(address, buffered=True).status_code for address in addresses] == [200, 200]
    assert [strangers.get(address, buffered=True).status_code for address in addresses] == [404, 404]
    desk.lay(1)
    assert [who.get(address, buffered=True).status_code for who in (readers, owners) for address in addresses] == [404] * 4


def test_a_thing_that_is_gone_takes_its_files_along(house, desk):
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), desk.lay(1, owner))
    desk.readers.clear()
    assert browser(house, owner).get(address_of(file), buffered=True).status_code == 404


def test_a_thing_of_a_feature_that_is_gone_opens_to_nobody(house, desk, monkeypatch):
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), desk.lay(1, owner))
    monkeypatch.undo()
    assert browser(house, owner).get(address_of(file), buffered=True).status_code == 404


def test_what_is_detached_is_its_senders_again(house, desk):
    owner, reader = person(), person("大江 千尋")
    file, ref = sent(owner), desk.lay(1, owner, reader)
    attach_files(owner, (file.id,), ref)
    detach_files(owner, (file.id,), ref)
    assert browser(house, reader).get(address_of(file), buffered=True).status_code == 404
    assert browser(house, owner).get(address_of(file), buffered=True).status_code == 200


def test_nobody_gets_in_without_signing_in(house):
    client = house.client()
    client.environ_base["HTTP_ACCEPT"] = "application/json"
    assert client.get(address_of(sent(person()))).status_code == 401


@pytest.mark.parametrize("address", ["/files/{id}x/a.pdf", "/files/..%2f{id}/a.pdf", "/files/{id}/../a", "/files/%00/a", "/files/{number}/a.pdf",
    "/files/{sha}/a.pdf",
                                     "/files/previews/{id}", "/files/previews/..%2f..%2fsecret", "/files/previews/" + "a" * 5_000])
def test_other_addresses_lead_nowhere(house, address):
    owner = person()
    file = sent(owner)
    answer = browser(house, owner).get(address.format(id=file.id, number=file.number, sha=file.sha256))
    assert answer.status_code == 404


@pytest.mark.parametrize(("name", "content", "shown"), [
    ("写真.png", picture("PNG"), "inline"), ("写真.jpg", picture("JPEG"), "inline"), ("動.gif", picture("GIF"), "inline"),
    ("写真.webp", picture("WEBP"), "inline"),
    ("報告書.pdf", PDF, "inline"), ("図.svg", b"<svg onload=alert(1)>", "attachment"), ("頁.html", b"<script>alert(1)</script>", "attachment"),
    ("偽.png", b"<svg onload=alert(1)>", "attachment"), ("偽.pdf", b"<script>alert(1)</script>", "attachment"),
    ("洪水.png", flood(99_999, 99_999), "attachment"),
    ("文書.docx", docx(), "attachment"), ("表.csv", "氏名,課".encode("cp932"), "attachment"), ("x.exe", b"MZ\x00", "attachment")],
    ids=lambda value: value if isinstance(value, str) else "")
def test_only_pictures_and_pdf_are_shown_in_place_and_all_are_sealed(house, name, content, shown):
    owner = person()
    answer = browser(house, owner).get(address_of(sent(owner, name, content)), buffered=True)
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith(f"{shown}; ")
    assert answer.headers["Content-Disposition"].endswith(f"filename*=UTF-8''{quote(name)}")
    assert "html" not in answer.headers["Content-Type"]
    assert "svg" not in answer.headers["Content-Type"]
    assert "charset" not in answer.headers["Content-Type"]
    assert answer.headers["Content-Security-Policy"].removesuffix("; style-src 'unsafe-inline'") == "sandbox; default-src 'none'"
    assert answer.headers["Content-Security-Policy"].endswith("inline'") == answer.headers["Content-Type"].startswith("image/")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_name_breaks_out_of_no_header(house):
    owner = person()
    answer = browser(house, owner).get(address_of(sent(owner, 'a"; filename="x.exe\r\nSet-Cookie: a=b".pdf')), buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].count('"') == 2
    assert "a=b" not in answer.headers.get("Set-Cookie", "")


def test_a_file_called_like_a_preview_is_still_a_file(house):
    owner = person()
    assert browser(house, owner).get(address_of(sent(owner, "preview")), buffered=True).data == PDF


def test_one_range_is_served_and_several_are_refused(house):
    owner = person()
    client, address = browser(house, owner), address_of(sent(owner))
    one = client.get(address, buffered=True, headers={"Range": "bytes=5-9"})
    assert (one.status_code, one.data, one.headers["Content-Range"]) == (206, PDF[5:10], f"bytes 5-9/{len(PDF)}")
    assert client.get(address, buffered=True, headers={"Range": "bytes=-5"}).data == PDF[-5:]
    for asked in ("bytes=0-1,2-3", "bytes=" + ",".join(["0-"] * 1_000), f"bytes={len(PDF)}-", "bytes=x"):
        assert client.get(address, buffered=True, headers={"Range": asked}).status_code == 416


def test_what_a_browser_has_is_not_sent_again_but_the_right_is_asked(house, desk):
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), desk.lay(1, owner))
    client, address = browser(house, owner), address_of(file)
    etag = client.get(address, buffered=True).headers["ETag"]
    assert client.get(address, buffered=True, headers={"If-None-Match": etag}).status_code == 304
    desk.lay(1)
    assert client.get(address, buffered=True, headers={"If-None-Match": etag}).status_code == 404


def test_a_preview_is_small_upright_and_says_nothing_of_the_place(house):
    owner = person()
    photograph = picture("JPEG", (4_000, 3_000), exif=turned(6) + b"GPS 35.0N")
    file = sent(owner, "避難所.jpg", photograph)
    helper_works()
    answer = browser(house, owner).get(f"/files/previews/{file.id}", buffered=True)
    assert answer.headers["Content-Type"] == "image/webp"
    assert b"GPS" not in answer.data
    assert b"EXIF" not in answer.data
    shown = Image.open(io.BytesIO(answer.data))
    assert shown.size == (960, 1_280)
    assert (file.width, file.height) == (3_000, 4_000)


def test_a_preview_keeps_what_is_seen_through(house):
    owner, made = person(), io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(made, "PNG")
    file = sent(owner, "印.png", made.getvalue())
    helper_works()
    assert Image.open(io.BytesIO(browser(house, owner).get(f"/files/previews/{file.id}", buffered=True).data)).mode == "RGBA"


def test_a_picture_broken_behind_its_beginning_has_no_preview_and_harms_nobody(house):
    owner = person()
    broken, good = sent(owner, "壊れ.png", picture("PNG", (400, 300))[:-40]), sent(owner, "良い.png", picture("PNG"))
    helper_works()
    client = browser(house, owner)
    assert client.get(f"/files/previews/{broken.id}", buffered=True).status_code == 404
    assert client.get(f"/files/previews/{good.id}", buffered=True).status_code == 200


def test_a_preview_that_is_not_made_yet_is_waited_for_only_a_moment(house, monkeypatch):
    monkeypatch.setattr(previews, "PATIENCE", 0.01)
    owner = person()
    file = sent(owner, "写真.png", picture())
    assert browser(house, owner).get(f"/files/previews/{file.id}", buffered=True).status_code == 404
    helper_works()
    assert browser(house, owner).get(f"/files/previews/{file.id}", buffered=True).status_code == 200


def test_the_preview_of_the_same_bytes_is_made_once(house):
    owner = person()
    first, second = sent(owner, "一.png", picture()), sent(owner, "二.png", picture())
    helper_works()
    made = store().preview_path(first.blob.place)
    before = made.stat().st_mtime_ns
    previews.make_preview(previews.MakePreview(second.number))
    assert made.stat().st_mtime_ns == before


def test_a_card_is_shown_to_whoever_may_see_the_file(house):
    owner = person()
    file = sent(owner)
    assert card_for(owner, Ref("files.file", file.number)).title == "報告書.pdf"
    for nobody in (person("大江 千尋"), SYSTEM):
        with pytest.raises(NotFound):
            card_for(nobody, Ref("files.file", file.number))
