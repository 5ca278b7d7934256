"""What Office files and plain texts say is read, page by page; what means harm is not."""
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from groupware.audit.models import Entry
from groupware.files.models import DONE, Deck, File
from groupware.files.pages import pages_of, texts_of
from groupware.files.paging import turns as paging
from groupware.files.reading import converting, turns, words
from groupware.kernel import db
from tests.files import pdfs, sheets
from tests.files.office import again, person, sent
from tests.support.waiting import until

WITHOUT_OFFICE = pytest.mark.usefixtures("without_office")


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    turns._child.stop()
    paging._child.stop()


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "program", lambda: None)


def read(content: bytes, name: str = "x") -> list[tuple[int, str]]:
    """By the helper."""
    return said(sent(person(), name, content))


def said(file: File) -> list[tuple[int, str]]:
    while turns.work():
        pass
    db.end_reading()
    return texts_of(file.sha256)


@WITHOUT_OFFICE
def test_word_says_its_pages(house: Any) -> None:
    assert read(sheets.docx("窓口の見直し", "様式の一覧", "おわりに")) == [(1, "窓口の見直し"), (2, "様式の一覧"), (3, "おわりに")]


@WITHOUT_OFFICE
def test_excel_says_its_sheets_and_days_as_one_searches_them(house: Any) -> None:
    book = sheets.xlsx(受付数=[["窓口", "件数"], ["転入", 12], ["期日", date(2026, 4, 1)]], 空=[], 様式=[["住民票の写し"]])
    assert read(book) == [(1, "受付数\n窓口\t件数\n転入\t12\n期日\t2026-04-01"), (2, "空"), (3, "様式\n住民票の写し")]


@WITHOUT_OFFICE
def test_powerpoint_says_its_slides_in_the_order_of_showing(house: Any) -> None:
    assert read(sheets.pptx("はじめに", "現状", "これから")) == [(1, "はじめに"), (2, "現状"), (3, "これから")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_plain_text_is_read_as_it_was_written(house: Any, encoding: str) -> None:
    table = "氏名,課\n髙橋 一郎,市民課\n"
    assert read(table.encode(encoding), "名簿.csv") == [(0, table.strip())]


def test_only_the_beginning_of_a_very_long_text_is_read(house: Any) -> None:
    (number, text), = read("あ".encode() * 1_000_000, "長い.txt")
    assert (number, len(text)) == (0, words.MOST_TEXT)


HOSTILE = {
    "billion laughs": sheets.docx("&i;", declared=sheets.LAUGHS),
    "outside entity": sheets.docx("&x;", declared='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "says it is huge": sheets.docx("x", more={"word/media/huge.bin": bytes(words.MOST_UNPACKED + 1)}),
    "one word of 20 MB": sheets.docx("A" * 20_000_000),
    "thousands of members": sheets.docx("x", more={f"a/{n}": b"" for n in range(words.MOST_MEMBERS)}),
    "cut off": sheets.docx("本文" * 900)[:-80],
    "deep": sheets.docx("<w:r>" * 100_000 + "</w:r>" * 100_000),
    "no document": sheets.packed({"[Content_Types].xml": "", "word/document.xml": ""}),
    "no slides": sheets.packed({"[Content_Types].xml": "", "ppt/presentation.xml": "<x/>"}),
}


@WITHOUT_OFFICE
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_means_harm_says_little_or_nothing_and_the_next_file_is_read(house: Any, content: bytes) -> None:
    harmful, good = sent(person(), "害.docx", content), sent(person(), "良い.docx", sheets.docx("良い文"))
    said(harmful)
    assert "root:" not in "".join(text for _, text in texts_of(harmful.sha256))
    assert sum(len(text) for _, text in texts_of(harmful.sha256)) <= words.MOST_TEXT
    assert texts_of(good.sha256) == [(1, "良い文")]


@WITHOUT_OFFICE
def test_an_empty_sheet_that_says_it_has_a_million_rows_is_left(house: Any) -> None:
    book = sheets.xlsx(広い=[["はじめ"], *([None] for _ in range(3)), ["おわり"]])
    stretched = sheets.replaced(book, "xl/worksheets/sheet1.xml", b'r="5"', b'r="1048576"')
    assert read(stretched)[0][1] == "広い\nはじめ"


@WITHOUT_OFFICE
def test_a_preview_that_there_is_not_is_said_in_a_sentence(house: Any) -> None:
    file = sent(person(), "文書.docx", sheets.docx("本文"))
    assert pages_of(file).reason.startswith("プレビューは、ただいま用意しています")
    said(file)
    assert (pages_of(file).count, pages_of(file).reason[:6]) == (0, "プレビューは")


@WITHOUT_OFFICE
def test_the_same_bytes_are_read_once_and_written_down_for_each_file(house: Any) -> None:
    content = sheets.docx("本文")
    first, second = sent(person(), "一.docx", content), sent(person("大江 千尋"), "二.docx", content)
    said(first)
    entries = db.session.scalars(select(Entry.about).where(Entry.event == "files.FileWordsRead")).all()
    assert sorted(entries) == sorted(f"files.file:{each.number}" for each in (first, second))


@pytest.mark.long
@pytest.mark.parametrize("content", [sheets.docx("窓口の見直し"), sheets.xlsx(受付数=[["転入", 12]])], ids=["docx", "xlsx"])
def test_with_libreoffice_an_office_file_has_pages_like_any_pdf(house: Any, content: bytes) -> None:
    if converting.program() is None:
        pytest.skip("needs LibreOffice: apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui")
    owner = person()
    file = sent(owner, "文書", content)
    said(file)
    while paging.work():
        db.forget_reading()
    db.end_reading()
    shown = pages_of(again(owner, file))
    assert (shown.state, shown.count) == (DONE, 1)
    assert any(text in texts_of(file.sha256)[0][1] for text in ("窓口の見直し", "転入"))


def test_a_pdf_that_a_program_makes_of_it_is_drawn_and_read_like_any_other(house: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(pdfs.portrait("第一", "第二"))
    program = tmp_path / "soffice"
    asked = 'grep -q DisableMacrosExecution "$HOME/user/registrymodifications.xcu"'
    program.write_text(f'#!/bin/sh\n{asked} && cp {tmp_path}/made.pdf "$HOME/given.pdf"\n')
    program.chmod(0o755)
    monkeypatch.setattr(converting, "program", lambda: str(program))
    owner = person()
    file = sent(owner, "文書.docx", sheets.docx("元の文"))
    said(file)
    while paging.work():
        db.forget_reading()
    db.end_reading()
    assert (pages_of(again(owner, file)).count, [number for number, _ in texts_of(file.sha256)]) == (2, [1, 2])


def test_a_program_that_does_not_end_is_ended_with_all_it_started(house: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stuck = tmp_path / "soffice"
    stuck.write_text('#!/bin/sh\nsleep 600 &\necho $! > "$HOME/../child"\nsleep 600\n')
    stuck.chmod(0o755)
    monkeypatch.setattr(converting, "program", lambda: str(stuck))
    monkeypatch.setattr(converting, "BUDGET", 1.0)
    monkeypatch.setattr(converting.tempfile, "tempdir", str(tmp_path))
    assert said(sent(person(), "文書.docx", sheets.docx("それでも読む"))) == [(1, "それでも読む")]
    child = Path(f"/proc/{(tmp_path / 'child').read_text().strip()}")
    until(lambda: not child.exists(), 10, "what it started is ended, and its parent knows")
    assert db.session.scalar(select(Deck.state)) == "read"
