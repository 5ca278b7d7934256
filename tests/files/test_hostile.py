"""More than a hundred files that mean harm come in by the real door and are worked at by the helper's own children: none is served as
anything but what it is, nothing falls, nothing takes long, and what comes after them is drawn and read as ever."""
import io
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from groupware.files import previews
from groupware.files.checking import turns as checking
from groupware.files.kinds import PICTURES, SHOWN_IN_PLACE
from groupware.files.models import Blob, File
from groupware.files.names import LONGEST
from groupware.files.pages import texts_of
from groupware.files.paging import turns as paging
from groupware.files.paging.drawing import MOST_PAGES
from groupware.files.pictures import SIDE
from groupware.files.reading import converting, words
from groupware.files.reading import turns as reading
from groupware.kernel import db
from tests.conftest import InProcess, build_house
from tests.files import pdfs, sheets
from tests.files.hostile import archives, names, papers, pictures, writings
from tests.files.hostile.specimen import Specimen
from tests.files.office import browser, helper_works, person, picture, upload
from tests.files.scanners import clamd
from tests.support.needs import need

SPECIMENS = [*archives.SPECIMENS, *pictures.SPECIMENS, *papers.SPECIMENS, *writings.SPECIMENS, *writings.VIRUSES, *names.SPECIMENS]
GOOD = [("良い.pdf", pdfs.portrait("良い頁")), ("良い.docx", sheets.docx("良い文")), ("良い.png", picture("PNG"))]
HELPER = 15.0           # seconds for all there is to do for one file
MEMORY = 400            # megabytes by which this process may grow with all of them
UNSEEN = re.compile("[/\\\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass
class Received:
    content: bytes
    answer: dict[str, Any]
    seconds: float


@dataclass
class Postbox:
    """``received``: by the title of the specimen what the door answered, and how long the helper was at work."""

    client: FlaskClient
    received: dict[str, Received]
    good: list[dict[str, Any]]
    grown: float

    def get(self, address: str) -> Any:
        return self.client.get(address, buffered=True)


@pytest.fixture(scope="module")
def postbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postbox]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("groupware.files.quota.MOST_FILES", 1_000)
        patch.setattr("groupware.files.quota.MOST_BYTES", 2**40)
        patch.setattr(converting, "program", lambda: None)
        patch.setattr(paging, "DRAW", 3.0)
        for house in build_house(tmp_path_factory.mktemp("hostile")):
            yield _filled(house)
        for child in (paging._child, reading._child, previews._child):
            child.stop()


def _filled(house: InProcess) -> Postbox:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    client = browser(house, person())
    received = {each.title: _sent(client, each) for each in SPECIMENS}
    good = [upload(client, name, content).get_json() for name, content in GOOD]
    helper()
    return Postbox(client, received, good, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def _sent(client: FlaskClient, specimen: Specimen) -> Received:
    content = specimen.make()
    answer = client.post("/files", data=content, headers={"X-File-Name": quote(specimen.name, errors="surrogatepass")})
    assert answer.status_code == 201, (specimen.title, answer.get_json())
    began = time.monotonic()
    helper()
    return Received(content, answer.get_json(), time.monotonic() - began)


def helper() -> None:
    """Everything that it does for a file."""
    helper_works()
    while paging.work() or reading.work():
        db.forget_reading()
    db.end_reading()


def test_there_are_more_than_a_hundred_and_none_is_meant_twice() -> None:
    assert len({each.title for each in SPECIMENS}) == len(SPECIMENS) > 150


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda each: each.title)
def test_it_leaves_only_as_what_it_is(postbox: Postbox, specimen: Specimen) -> None:
    received = postbox.received[specimen.title]
    assert received.answer["type"] == specimen.kind
    answer = postbox.get(received.answer["url"])
    assert (answer.status_code, answer.data == received.content) == (200, True)
    assert answer.headers["Content-Type"] == specimen.kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    sandbox = "sandbox; default-src 'none'" + ("; style-src 'unsafe-inline'" if specimen.kind in PICTURES else "")
    assert answer.headers["Content-Security-Policy"] == sandbox
    shown, _, name = answer.headers["Content-Disposition"].partition("; ")
    assert shown == ("inline" if specimen.kind in SHOWN_IN_PLACE else "attachment")
    saved = unquote(name.partition("filename*=UTF-8''")[2])
    assert saved == received.answer["name"]
    assert 0 < len(saved) <= LONGEST
    assert not UNSEEN.search(saved)
    assert saved not in {".", ".."}


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda each: each.title)
def test_what_is_made_of_it_is_a_picture_or_plain_words_or_a_sentence(postbox: Postbox, specimen: Specimen) -> None:
    received = postbox.received[specimen.title]
    assert received.seconds < HELPER
    _look_at_preview(postbox, received.answer)
    _look_at_pages(postbox, received.answer["id"])
    said = texts_of(_sum(received.answer["id"]))
    assert not any("root:" in text or "x" * 1_000 in text for _, text in said)
    assert sum(len(text) for _, text in said) <= words.MOST_TEXT * 20


def test_what_came_after_them_is_drawn_and_read_as_ever(postbox: Postbox) -> None:
    paper, written, seen = (answer["id"] for answer in postbox.good)
    assert postbox.get(f"/files/pages/{paper}").get_json()["state"] == "done"
    assert texts_of(_sum(paper))[0][1].startswith("良い頁")
    assert texts_of(_sum(written)) == [(1, "良い文")]
    assert postbox.get(f"/files/previews/{seen}").status_code == 200


def test_the_house_has_not_grown_with_them(postbox: Postbox) -> None:
    assert postbox.grown < MEMORY


def test_a_virus_stays_shut_in_every_wrapping(house: InProcess, tmp_path_factory: pytest.TempPathFactory) -> None:
    with clamd(need("clamd"), tmp_path_factory.mktemp("clamd")) as address:
        house.app.config["CLAMD"] = address
        client = browser(house, person())
        answers = {each.title: upload(client, each.name, each.make()).get_json() for each in writings.VIRUSES}
        while checking.work():
            db.forget_reading()
        db.end_reading()
        told = {title: client.get(answer["url"], buffered=True).status_code for title, answer in answers.items()}
    assert told == dict.fromkeys(told, 423)


def _look_at_preview(postbox: Postbox, answer: dict[str, Any]) -> None:
    preview = postbox.get(f"/files/previews/{answer['id']}")
    if preview.status_code != 200:
        assert preview.status_code == 404
        return
    assert (answer["type"] in PICTURES, preview.headers["Content-Type"], preview.headers["X-Content-Type-Options"]) == (True, "image/webp", "nosniff")
    shown = Image.open(io.BytesIO(preview.data))
    assert (shown.format, max(shown.size) <= SIDE) == ("WEBP", True)
    assert not any(word in preview.data for word in (b"<script", b"<?php", b"xmpmeta", b"EXIF"))


def _look_at_pages(postbox: Postbox, file_id: str) -> None:
    manifest = postbox.get(f"/files/pages/{file_id}").get_json()
    assert manifest["count"] <= MOST_PAGES
    if not manifest["count"]:
        assert manifest["reason"].endswith("。"), manifest
        return
    page = postbox.get(f"/files/pages/{file_id}/{manifest['key']}/1-1200")
    if page.status_code == 200:
        assert (page.headers["X-Content-Type-Options"], page.headers["Content-Security-Policy"][:7]) == ("nosniff", "sandbox")
        drawn = Image.open(io.BytesIO(page.data))
        assert page.headers["Content-Type"] == f"image/{str(drawn.format).lower()}"
    else:
        assert (page.status_code, 1 in manifest["bad"]) == (404, True)


def _sum(file_id: str) -> str:
    return str(db.session.scalar(select(Blob.sha256).join(File).where(File.id == file_id)))
