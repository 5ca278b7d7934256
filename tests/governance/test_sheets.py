"""Progress sheets go out and come back by one form: only what somebody changed is another."""
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from governance.commands.reports import move_report, write_report
from governance.commands.roadmap import enter_indicator
from governance.forms.papers import ReportDraft
from governance.models.papers import Report
from governance.models.sheets import Sheet
from groupware.kernel import db
from groupware.kernel.actor import Actor
from tests.admin.test_admin import settle, signed_in
from tests.conftest import InProcess, build_house
from tests.governance.hall import ids, now, report, town
from tests.governance.office import changed_in_office
from tests.governance.test_papers import indicator
from tests.support.counting import statements

Hall = tuple[InProcess, dict[str, Actor]]
YEARS = count(2031)
WORDS = "〜−‖ と ～－∥、髙﨑①㈱"
NEW = "窓口〜支所 0123"
FORMS = ("xlsx", "utf-8-sig", "cp932")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Each test works on a year of its own."""
    for made in build_house(tmp_path_factory.mktemp("sheets")):
        people = town()
        enter_indicator(people["clerk"], ids()["M03"], indicator())
        db.end_reading()
        yield made, people


@pytest.fixture
def desk(hall: Hall) -> FlaskClient:
    return signed_in(hall[0], hall[1]["clerk"])


@pytest.mark.parametrize("form", FORMS)
def test_what_went_out_and_comes_back_unchanged_changes_nothing(hall: Hall, desk: FlaskClient, form: str) -> None:
    year, first, _ = _two(hall[1])
    write_report(hall[1]["clerk"], first, ReportDraft("0105", WORDS, results="=1+1\n-二行目", issues="−5％ 𠮷野家", support="@市民課"))
    page = _brought(desk, _out(desk, year, form))
    assert "変わる報告 <b>0件</b>、変わらない行 2件、直すところ 0件" in page
    assert "この内容で取り込む" not in page


@pytest.mark.parametrize("form", FORMS)
def test_only_the_cell_that_was_changed_is_another(hall: Hall, desk: FlaskClient, form: str) -> None:
    year, first, second = _two(hall[1])
    write_report(hall[1]["clerk"], first, ReportDraft("0105", WORDS, results="=1+1", issues="−5％"))
    before, untouched = now(Report, first), now(Report, second).version
    kept = (before.value, before.line, before.results, before.issues)
    page, written = _brought(desk, _changed(_out(desk, year, form), form, "次の期の予定", NEW)), _as(NEW, form)
    assert f"次の期の予定：（空） → <b>{written}</b>" in page
    assert page.count(" → <b>") == 1
    _apply(desk, page)
    after = now(Report, first)
    assert ((after.value, after.line, after.results, after.issues), after.next_steps, after.state) == (kept, written, "writing")
    assert now(Report, second).version == untouched


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_changed_and_saved_in_a_real_spreadsheet_nothing_but_that_cell_is_another(hall: Hall, desk: FlaskClient, tmp_path: Path, form: str) -> None:
    year, first, _ = _two(hall[1])
    write_report(hall[1]["clerk"], first, ReportDraft("0105", WORDS, results="=1+1\n二行目", issues="−5％", support="0123"))
    page = _brought(desk, changed_in_office(_out(desk, year, form), tmp_path, form, "次の期の予定", NEW))
    assert f"次の期の予定：（空） → <b>{_as(NEW, form)}</b>" in page
    assert (page.count(" → <b>"), "直すところ 0件" in page) == (1, True)


def test_what_a_spreadsheet_would_take_for_a_formula_is_none(hall: Hall, desk: FlaskClient) -> None:
    year, first, _ = _two(hall[1])
    write_report(hall[1]["clerk"], first, ReportDraft("", '=HYPERLINK("http://x")', results="@SUM(A1)"))
    sheet = openpyxl.load_workbook(BytesIO(_out(desk, year, "xlsx"))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert "'=HYPERLINK" in _out(desk, year, "cp932").decode("cp932")
    assert ",'@SUM" in _out(desk, year, "utf-8-sig").decode("utf-8-sig")


def test_wrong_lines_are_named_and_nothing_at_all_is_taken(hall: Hall, desk: FlaskClient) -> None:
    year, first, second = _two(hall[1])
    lines = ["番号,いまの様子（一行）,実績値,評価", f"M03-{year}-01,よい,120,", f"M03-{year}-02,よい,たくさん,", "M99-2031-01,よい,,", "x,よい,,",
             f"M03-{year}-01,二度目,,"]
    page = _brought(desk, "\r\n".join(lines).encode("utf-8-sig"))
    assert re.findall(r'class="num">(\d)</th><td data-l="列">(.*?)<', page) == [("3", "実績値"), ("4", "番号"), ("5", "番号"), ("6", "番号")]
    assert "この内容で取り込む" not in page
    assert (now(Report, first).line, now(Report, second).line) == ("", "")


def test_a_rating_of_ones_own_without_a_reason_takes_back_every_line(hall: Hall, desk: FlaskClient) -> None:
    year, first, second = _two(hall[1])
    page = _brought(desk, f"番号,いまの様子（一行）,評価\nM03-{year}-01,よい,\nM03-{year}-02,よい,Ｓ\n".encode())
    answer = _apply(desk, page)
    assert (answer.status_code, "3行目の「評価を変えるわけ」" in answer.get_json()["message"]) == (422, True)
    assert (now(Report, first).line, now(Report, second).line) == ("", "")


def test_what_was_not_shown_is_not_applied(hall: Hall, desk: FlaskClient) -> None:
    year, first, _ = _two(hall[1])
    page = _brought(desk, f"番号,いまの様子（一行）\nM03-{year}-01,表から\n".encode())
    write_report(hall[1]["chief"], first, ReportDraft("", "画面から"))
    assert _apply(desk, page).status_code == 409
    assert now(Report, first).line == "画面から"


def test_a_report_that_has_gone_on_is_closed_to_the_sheet_too(hall: Hall, desk: FlaskClient) -> None:
    year, first, _ = _two(hall[1])
    write_report(hall[1]["clerk"], first, ReportDraft("", "出した"))
    move_report(hall[1]["clerk"], first, "submit")
    page = _brought(desk, f"番号,いまの様子（一行）\nM03-{year}-01,あとから\n".encode())
    assert "この行は書きかえられません（いまは「課長の承認待ち」です）" in page


def test_a_sheet_is_for_whoever_brought_it_and_its_lines_for_whoever_sees_the_work(hall: Hall, desk: FlaskClient) -> None:
    house, people = hall
    year, first, _ = _two(people)
    write_report(people["clerk"], first, ReportDraft("", "係の中の話"))
    at = _bring(desk, f"番号,いまの様子（一行）\nM03-{year}-01,表から\n".encode())
    for who in ("stranger", "steering", "adviser", "guest"):
        assert signed_in(house, people[who]).get(at).status_code in {403, 404}, who
    for who in ("adviser", "guest"):
        assert signed_in(house, people[who]).get(f"/governance/sheets/out?year={year}").status_code == 403, who
        assert signed_in(house, people[who]).post("/governance/sheets", data=_file(b"x")).status_code == 403, who
    assert "係の中の話" not in _out(signed_in(house, people["stranger"]), year, "utf-8-sig").decode("utf-8-sig")
    page = _brought(signed_in(house, people["stranger"]), f"番号,いまの様子（一行）\nM03-{year}-01,よそから\n".encode())
    assert "という番号の報告はありません" in page
    assert "係の中の話" not in page


@pytest.mark.parametrize(("data", "words"), [
    (b"PK\x03\x04 no book at all", "Excel ブックとして読めません"), (b"\x81\x20\x81\x20", "文字の読み方"),
    ("一,二\n三,四\n".encode(), "列が見つかりません"),
    ('番号,いまの様子（一行）\n"とじない'.encode(), "引用符"), ("番号,番号,いまの様子（一行）\n1,2,3\n".encode(), "同じ列が二つ")])
def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(desk: FlaskClient, data: bytes, words: str) -> None:
    assert words in _brought(desk, data)
    db.end_reading()
    assert not any(each.body for each in db.session.query(Sheet))


def test_the_page_of_a_sheet_asks_no_more_with_more_lines(hall: Hall, desk: FlaskClient) -> None:
    year, *_ = _two(hall[1])
    asked = []
    for lines in ([1], [1, 2]):
        at = _bring(desk, ("番号,いまの様子（一行）\n" + "".join(f"M03-{year}-{period:02},新しい\n" for period in lines)).encode())
        desk.get(at)
        with statements() as found:
            desk.get(at)
        asked.append(len(found))
    assert asked[0] == asked[1] <= 12


def _two(people: dict[str, Actor]) -> tuple[int, int, int]:
    year = next(YEARS)
    return year, report(people, year, 1), report(people, year, 2)


def _out(client: FlaskClient, year: int, form: str) -> bytes:
    answer = client.get(f"/governance/sheets/out?year={year}&form={form}")
    assert answer.status_code == 200
    return answer.data


def _changed(data: bytes, form: str, title: str, words: str) -> bytes:
    """On the first line."""
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        sheet = book.worksheets[0]
        column = [cell.value for cell in sheet[1]].index(title) + 1
        sheet.cell(2, column).value = words
        book.save(kept := BytesIO())
        return kept.getvalue()
    lines = data.decode(form).split("\r\n")         # the last column, which is empty
    lines[1] += words
    return "\r\n".join(lines).encode(form, "replace")


def _as(words: str, form: str) -> str:
    """cp932 has one wave only: what is newly written in it comes with that one."""
    return words.encode("cp932").decode("cp932") if form == "cp932" else words


def _file(data: bytes) -> dict[str, object]:
    return {"file": (BytesIO(data), "戻した表.xlsx")}


def _bring(client: FlaskClient, data: bytes) -> str:
    answer = client.post("/governance/sheets", data=_file(data), content_type="multipart/form-data")
    assert answer.status_code == 303
    settle()
    return answer.headers["Location"]


def _brought(client: FlaskClient, data: bytes) -> str:
    return client.get(_bring(client, data)).text


def _apply(client: FlaskClient, page: str) -> TestResponse:
    at, digest = re.search(r'action="(/governance/sheets/\d+/application)"', page), re.search(r'name="digest" value="(\w+)"', page)
    assert at
    assert digest
    return client.post(at[1], data={"digest": digest[1]})
