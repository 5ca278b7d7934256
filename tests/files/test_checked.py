"""Where there is a virus scanner, only what it calls clean leaves the house; whatever else happens, it stays shut and is looked at again."""
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from groupware.audit.models import Entry
from groupware.files.checking import passing, turns, within
from groupware.files.checking.clamd import CLEAN, INFECTED, Unsure, judge
from groupware.files.commands import attach_files
from groupware.files.models import Blob, File
from groupware.files.queries import address_of
from groupware.kernel import clock, db
from groupware.kernel.errors import Invalid
from tests.files import pdfs
from tests.files.office import PDF, Desk, browser, helper_works, person, picture, sent, zipped
from tests.files.scanners import EICAR, Scanner, clamd, scanner
from tests.support.needs import need


@pytest.fixture
def scanning(house: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scanner]:
    monkeypatch.setattr(passing, "PATIENCE", 0.0)
    with scanner() as running:
        house.app.config["CLAMD"] = running.address
        yield running
    turns._child.stop()


def helper_checks() -> None:
    while turns.work():
        pass
    db.end_reading()


def opens(client: FlaskClient, address: str) -> tuple[int, str]:
    answer = client.get(address, buffered=True)
    return answer.status_code, answer.get_json()["message"] if answer.is_json else ""


def test_a_file_opens_when_it_was_called_clean_and_not_before(house: Any, scanning: Scanner) -> None:
    owner = person()
    client, file = browser(house, owner), sent(owner, "写真.png", picture())
    helper_works()
    addresses = (address_of(file), f"/files/previews/{file.id}")
    assert [opens(client, address) for address in addresses] == [(423, passing.NOT_YET)] * 2
    helper_checks()
    assert [opens(client, address)[0] for address in addresses] == [200, 200]
    assert scanning.seen == [picture()]


def test_what_was_found_stays_shut_even_when_the_scanner_is_taken_away(house: Any, scanning: Scanner) -> None:
    owner = person()
    client, file = browser(house, owner), sent(owner, "請求書.txt", EICAR)
    helper_checks()
    for address in (scanning.address, ""):
        house.app.config["CLAMD"] = address
        status, said = opens(client, address_of(file))
        assert (status, "Eicar-Test-Signature" in said, "情報担当" in said) == (423, True, True)
    entry = db.session.scalars(select(Entry).where(Entry.event == "files.FileJudged")).one()
    assert (entry.about, entry.body["verdict"], entry.body["threat"]) == (f"files.file:{file.number}", INFECTED, "Eicar-Test-Signature")


def test_what_was_found_is_hung_on_nothing_and_says_which_it_is(house: Any, scanning: Scanner, desk: Desk) -> None:
    owner = person()
    paper, good, bad = desk.lay(1, owner), sent(owner, "良い.pdf"), sent(owner, "請求書.txt", EICAR)
    helper_checks()
    with pytest.raises(Invalid, match=r"「請求書\.txt」は、ウイルス検査で問題"):
        attach_files(owner, [good.id, bad.id], paper)
    attach_files(owner, [good.id], paper)
    db.end_reading()
    assert db.session.scalars(select(File.name).where(File.owner == str(paper))).all() == ["良い.pdf"]


@pytest.mark.parametrize("said", ["", "stream: OK ERROR", "ok", "COMMAND READ TIMED OUT", "stream: lstat() failed. ERROR", "stream: OKAY", "\x00"])
def test_whatever_is_not_clean_in_so_many_words_is_not_clean(house: Any, scanning: Scanner, said: str) -> None:
    scanning.answers = [said]
    owner = person()
    client, file = browser(house, owner), sent(owner)
    helper_checks()
    assert opens(client, address_of(file)) == (423, passing.NOT_YET)
    with clock.at(clock.now() + timedelta(minutes=3)):
        helper_checks()
    assert opens(client, address_of(file))[0] == 200


def test_a_scanner_that_is_away_opens_nothing_and_is_asked_again(house: Any, scanning: Scanner) -> None:
    owner = person()
    client, file = browser(house, owner), sent(owner)
    house.app.config["CLAMD"] = "unix:/nobody/is/there"
    helper_checks()
    assert opens(client, address_of(file)) == (423, passing.NOT_YET)
    house.app.config["CLAMD"] = scanning.address
    with clock.at(clock.now() + timedelta(minutes=3)):
        helper_checks()
    assert opens(client, address_of(file))[0] == 200


def test_what_is_too_large_for_the_scanner_stays_shut(house: Any, scanning: Scanner) -> None:
    owner = person()
    file = sent(owner, "大.bin", bytes(scanning.most + 1))
    helper_checks()
    assert opens(browser(house, owner), address_of(file)) == (423, passing.NOT_YET)
    assert scanning.seen == []


@pytest.mark.parametrize("threat", ["Heuristics.Limits.Exceeded.MaxScanSize", "Heuristics.Encrypted.Zip"])
def test_what_could_not_be_looked_into_says_so(house: Any, scanning: Scanner, threat: str) -> None:
    scanning.answers = [f"stream: {threat} FOUND"]
    owner = person()
    file = sent(owner)
    helper_checks()
    status, said = opens(browser(house, owner), address_of(file))
    assert (status, said.startswith("暗号が掛かっているか"), threat in said) == (423, True, True)


def test_a_scanner_that_comes_later_looks_at_what_was_there_already(house: Any) -> None:
    owner = person()
    client, file = browser(house, owner), sent(owner)
    assert opens(client, address_of(file))[0] == 200
    with scanner() as running:
        house.app.config["CLAMD"] = running.address
        helper_checks()
        assert opens(client, address_of(file))[0] == 200
    assert db.session.scalar(select(Blob.verdict)) == CLEAN


def test_what_a_pdf_carries_within_is_looked_at_too_however_it_is_packed(house: Any, scanning: Scanner) -> None:
    owner = person()
    carrying = pdfs.carrying(EICAR)
    given = {"添付.pdf": carrying, "入れ子.pdf": pdfs.carrying(carrying), "注釈.pdf": pdfs.pinned(EICAR), "前置き.pdf": b"\n" * 100 + carrying,
             "無害.pdf": pdfs.carrying(b"harmless"), "ただの.pdf": pdfs.portrait("資料")}
    assert not any(EICAR in content for content in given.values())
    files = {name: sent(owner, name, content) for name, content in given.items()}
    helper_checks()
    client = browser(house, owner)
    told = {name: opens(client, address_of(file)) for name, file in files.items()}
    assert [name for name, (status, _) in told.items() if status == 200] == ["無害.pdf", "ただの.pdf"]
    assert {said for status, said in told.values() if status != 200} == {passing.FOUND.format("Eicar-Test-Signature")}


def test_a_pdf_that_carries_what_cannot_be_taken_out_stays_shut_and_says_so(house: Any, scanning: Scanner) -> None:
    owner = person()
    deep = pdfs.carrying(b"harmless")
    for _ in range(within.DEEPEST):
        deep = pdfs.carrying(deep)
    many = pdfs.carrying(*(b"%d" % number for number in range(within.MOST_FILES + 1)))
    given = [many, deep, pdfs.carrying(b"harmless")[:300] + b"/EmbeddedFile", pdfs.carrying(b"harmless", packing="/Unheard")]
    files = [sent(owner, f"{number}.pdf", content) for number, content in enumerate(given)]
    helper_checks()
    client = browser(house, owner)
    assert [opens(client, address_of(file)) for file in files] == [(423, passing.NOT_WHOLE.format(turns.NOT_SEEN.threat))] * len(given)


def test_the_right_is_asked_before_the_scanner(house: Any, scanning: Scanner) -> None:
    owner, stranger = person(), person("大江 千尋")
    file = sent(owner, "請求書.txt", EICAR)
    helper_checks()
    assert opens(browser(house, stranger), address_of(file))[0] == 404


def test_the_real_scanner_says_the_same(house: Any, tmp_path: Path) -> None:
    with clamd(need("clamd"), tmp_path) as address:
        def told(content: bytes) -> tuple[str, str]:
            (tmp_path / "given").write_bytes(content)
            verdict = judge(address, tmp_path / "given")
            return verdict.word, verdict.threat
        assert told(PDF) == (CLEAN, "")
        assert told(EICAR) == (INFECTED, "Eicar-Test-Signature.UNOFFICIAL")
        assert told(zipped(a=zipped(b=EICAR)))[0] == INFECTED
        assert told(bytes(25_000_000))[1].startswith("Heuristics.Limits.Exceeded")
        with pytest.raises(Unsure):
            told(bytes(40_000_000))
    with pytest.raises(Unsure):
        judge(address, tmp_path / "given")
