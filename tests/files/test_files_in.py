"""Files come in: whole, once, under a name of ours, and only so many."""
import io
import json

import pytest
from sqlalchemy import func, select

from groupware.audit.models import Entry
from groupware.files import quota
from groupware.files.models import Blob, File
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, Invalid, TooMany
from tests.files.office import PDF, browser, docx, flood, person, picture, sent, upload, zipped


def on_disk(house) -> list[bytes]:
    return sorted(path.read_bytes() for path in (house.config.data / "files").rglob("*") if path.is_file())


def count(thing) -> int:
    db.end_reading()
    return db.session.scalar(select(func.count()).select_from(thing)) or 0


def test_the_bytes_alone_come_in_with_their_japanese_name(house):
    answer = upload(browser(house, person()), "令和8年度 報告書（案）.pdf", PDF)
    assert answer.status_code == 201
    told = answer.get_json()
    assert (told["name"], told["size"], told["type"], told["preview"]) == ("令和8年度 報告書（案）.pdf", len(PDF), "application/pdf", None)
    assert len(told["id"]) == 22
    assert on_disk(house) == [PDF]


def test_a_form_comes_in_too(house):
    answer = browser(house, person()).post("/files", data={"file": (io.BytesIO(picture("PNG", (40, 30))), "写真.png")})
    told = answer.get_json()
    assert (answer.status_code, told["name"], told["type"], told["width"], told["height"]) == (201, "写真.png", "image/png", 40, 30)
    assert told["preview"] == f"/files/previews/{told['id']}"


def test_the_name_on_the_disk_is_not_the_senders(house):
    upload(browser(house, person()), "../../../../tmp/秘密.pdf", PDF)
    paths = [path for path in (house.config.data / "files").rglob("*") if path.is_file()]
    assert [len(path.name) for path in paths] == [38]
    assert paths[0].parent.parent == house.config.data / "files"
    assert db.session.scalar(select(File.name)) == "秘密.pdf"


def test_the_same_bytes_are_kept_once_and_are_two_files(house):
    first, second = sent(person(), "一.pdf"), sent(person("大江 千尋"), "二.pdf")
    assert first.id != second.id
    assert (count(File), count(Blob)) == (2, 1)
    assert on_disk(house) == [PDF]


def test_a_file_is_written_into_the_audit_with_its_sum(house):
    actor = person()
    file = sent(actor)
    entry = db.session.scalars(select(Entry).where(Entry.event == "files.FileKept")).one()
    assert (entry.about, entry.actor_id) == (f"files.file:{file.number}", actor.user_id)
    assert (entry.body["sha256"], entry.body["title"]) == (file.sha256, "報告書.pdf")


def test_a_file_too_large_is_refused_and_nothing_stays(house):
    house.app.config["FILES_MAX_BYTES"] = 100_000
    client = browser(house, person())
    answer = upload(client, "大.bin", bytes(100_001))
    assert answer.status_code == 413
    assert "1個0MBまで" in answer.get_json()["message"]
    assert upload(client, "丁度.bin", b"\0" * 100_000).status_code == 201
    announced = client.post("/files", data=b"x", headers={"X-File-Name": "x.bin"}, environ_overrides={"CONTENT_LENGTH": "100001"})
    assert announced.status_code == 413
    form = client.post("/files", data={"file": (io.BytesIO(bytes(100_001)), "大.bin")})
    assert form.status_code == 413
    assert [len(content) for content in on_disk(house)] == [100_000]


def test_an_empty_file_and_no_file_are_refused(house):
    client = browser(house, person())
    for answer in (upload(client, "空.txt", b""), client.post("/files"), client.post("/files", data={"file": "x"})):
        assert answer.status_code == 422
    assert on_disk(house) == []


def test_a_line_that_breaks_leaves_nothing_behind(house):
    def broken():
        yield b"begun"
        raise OSError
    with pytest.raises(OSError):
        store().put(broken())
    assert on_disk(house) == []


def test_what_a_fallen_program_left_half_sent_is_swept_after_a_day(house, monkeypatch):
    arriving = house.config.data / "files" / "arriving"
    arriving.mkdir(parents=True)
    (arriving / "old").write_bytes(b"x")
    store().sweep()
    assert on_disk(house) == [b"x"]
    monkeypatch.setattr("groupware.files.disk.HALF_SENT", -1)
    store().sweep()
    assert on_disk(house) == []


def test_one_person_sends_only_so_much_a_day(house, monkeypatch):
    monkeypatch.setattr(quota, "MOST_BYTES", 2 * len(PDF))
    monkeypatch.setattr(quota, "MOST_FILES", 3)
    actor = person()
    sent(actor)
    with pytest.raises(TooMany):
        sent(actor, "大.pdf", PDF + b"x")
    assert on_disk(house) == [PDF]
    sent(actor)
    with pytest.raises(TooMany):
        sent(actor, "小.txt", b"x")
    sent(person("大江 千尋"))


def test_nobody_sends_without_having_signed_in(house):
    client = house.client()
    client.environ_base["HTTP_ACCEPT"] = "application/json"
    assert upload(client, "x.pdf", PDF).status_code == 401
    with pytest.raises(Forbidden):
        sent(Actor(0, "だれでもない"))
    assert count(File) == 0
    assert on_disk(house) == []


HOSTILE = {
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain"),
    "HTML": (b"<!DOCTYPE html><script>alert(1)</script>", "text/plain"),
    "XHTML": (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "text/plain"),
    "zip bomb": (zipped(x=bytes(5_000_000)), "application/octet-stream"),
    "pixel flood": (flood(100_000, 100_000), "application/octet-stream"),
    "gif that is a script": (b"GIF89a=1;alert(1)//", "application/octet-stream"),
    "pdf after html": (b"<script>alert(1)</script>" + PDF, "text/plain"), "program": (b"MZ\x90\x00" + bytes(100), "application/octet-stream"),
    "macros": (docx(macros=True), "application/octet-stream"), "png cut off": (picture("PNG")[:30], "application/octet-stream"),
    "jpeg and zip": (picture("JPEG") + zipped(a=b"x"), "image/jpeg"), "pdf and html": (PDF + b"<script>alert(1)</script>", "application/pdf"),
}


@pytest.mark.parametrize(("content", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_kept_as_what_they_are_and_never_opened(house, content, kind):
    file = sent(person(), "x.png", content)
    assert file.media_type == kind


def test_a_table_of_commas_is_called_so_by_its_name(house):
    assert sent(person(), "名簿.CSV", "氏名,課".encode("cp932")).media_type == "text/csv"


def test_names_that_cannot_be_decoded_are_still_names(house):
    client = browser(house, person())
    answer = client.post("/files", data=PDF, headers={"X-File-Name": "%ff%fe%00.pdf"})
    assert answer.status_code == 201
    json.dumps(answer.get_json()["name"]).encode()


def test_invalid_is_what_no_bytes_are(house):
    with pytest.raises(Invalid):
        sent(person(), "x", b"")
