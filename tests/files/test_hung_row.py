"""A file that hangs on something looks the same wherever it hangs: what it is, how large, how many pages, and whether it may be opened at all."""
from collections.abc import Iterator
from typing import Any

import pytest
from flask import render_template_string

from groupware.files.commands import judge_bytes
from groupware.files.paging import turns
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from tests.conftest import InProcess
from tests.files import pdfs, sheets
from tests.files.office import again, person, picture, sent

ROW = '{% from "files/hung.html" import hung_file %}{{ hung_file(file, ["第2版"]) }}'


@pytest.fixture(autouse=True, scope="module")
def _no_child_is_left() -> Iterator[None]:
    yield
    turns._child.stop()


def row(house: InProcess, file: Any) -> str:
    with house.app.test_request_context():
        return render_template_string(ROW, file=file)


def test_a_row_says_what_it_is_how_large_and_how_many_pages(house: InProcess) -> None:
    me = person()
    paper = sent(me, "予算書.pdf", pdfs.portrait("一", "二", "三"))
    while turns.work():
        db.forget_reading()
    assert "<small>PDF・" in row(house, again(me, paper))
    assert "・3頁・第2版</small>" in row(house, again(me, paper))
    for name, content, called in (("表.xlsx", sheets.xlsx(表=[["a"]]), "表"), ("表.csv", b"a,b", "表"), ("文.docx", sheets.docx("文"), "文書")):
        assert f"<small>{called}・" in row(house, again(me, sent(me, name, content)))


def test_a_picture_shows_itself_with_its_name(house: InProcess) -> None:
    me = person()
    file = sent(me, "避難所.png", picture("PNG", (400, 300)))
    shown = row(house, again(me, file))
    assert f'src="/files/previews/{file.id}"' in shown
    assert "<small>避難所.png・画像・" in shown


def test_what_may_not_be_opened_leads_nowhere_and_says_why(house: InProcess) -> None:
    me = person()
    file = sent(me, "写真.png", picture())
    house.app.config["CLAMD"] = "unix:/nobody/is/there"
    waiting = row(house, again(me, file))
    assert ("ウイルス検査中" in waiting, "<a " in waiting, "<img" in waiting) == (True, False, False)
    judge_bytes(SYSTEM, file.sha256, "infected", "Eicar-Test-Signature")
    found = row(house, again(me, file))
    assert ("開けません" in found, "<a " in found, "<img" in found) == (True, False, False)
