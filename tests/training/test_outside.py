"""Completions outside of the city hall, by a list: looked at first, taken in as a whole or not at all, read as Excel writes."""
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited
from tests.training.hall import town
from tests.training.school import ALL, course
from training.models.courses import ALONE
from training.queries.courses import completions_of
from training.queries.duties import dues_of

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)
HEADINGS = "職員番号,氏名,研修名,修了日,有効期限,主催\r\n"


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


@pytest.fixture
def keeper(house: InProcess, people: dict[str, Actor]) -> FlaskClient:
    return signed_in(house, people["steering"])


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-8"])
def test_a_list_is_looked_at_and_then_taken_in_whole(keeper: FlaskClient, people: dict[str, Actor], encoding: str) -> None:
    number = course(people, ALONE, parts=ALL, title="情報の扱い①", months=12)
    mine, other = people["self"].user_id, people["colleague"].user_id
    body = HEADINGS + f"{_number(mine)},柏木真帆,情報の扱い①,R8.4.1,,髙﨑研修所\r\n{_number(other)},,データ活用〜入門〜,2026/5/1,2027/4/30,県\r\n"
    at = _bring(keeper, body.replace("〜", "～" if encoding == "cp932" else "〜").encode(encoding))
    page = keeper.get(at).text
    assert "2件が加わります" in page
    assert completions_of(mine) == []
    assert _take_in(keeper, at) == 303
    done = completions_of(mine)[0]
    assert (done.course_id, done.done_on.isoformat(), str(done.expires_on), done.host) == (number, "2026-04-01", "2027-03-31", "髙﨑研修所")
    assert dues_of(mine)[0].state == "done"
    assert len(audited("training.CompletionsBrought")) == 1
    again = _bring(keeper, body.replace("〜", "～" if encoding == "cp932" else "〜").encode(encoding))
    assert "2行は、もう記録にあります" in keeper.get(again).text


@pytest.mark.parametrize(("line", "words"), [
    ("999999,,研修,2026/5/1,,", "職員がいません"), ("{number},蓮見 亮介,研修,2026/5/1,,", "柏木 真帆 さんです"), ("{number},,,2026/5/1,,", "研修名"),
    ("{number},,研修,いつか,,", "読み取れません"), ("{number},,研修,2030/1/1,,", "今日より先"), ("{number},,研修,2026/5/1,2026/4/1,", "修了日より前"),
    ("{number},,よい研修,2026/5/1,,", "2行目と同じ")])
def test_with_one_bad_line_nothing_is_taken_in(keeper: FlaskClient, people: dict[str, Actor], line: str, words: str) -> None:
    good = f"{_number(people['self'].user_id)},,よい研修,2026/5/1,,\r\n"
    at = _bring(keeper, (HEADINGS + good + line.format(number=_number(people["self"].user_id)) + "\r\n").encode())
    page = keeper.get(at).text
    assert "3行目" in page
    assert words in page
    assert keeper.post(f"{at}/application", data={"digest": "x"}).status_code == 422
    db.end_reading()
    assert completions_of(people["self"].user_id) == []


@pytest.mark.parametrize("body", ids=("nothing", "utf-16", "no number", "no line", "neither", "too much"), argvalues=[
    b"", b"\xff\xfe\x00", "氏名\r\n柏木".encode(), HEADINGS.encode(), b"\x81\x00,\xff" * 20, b"x" * 1_000_001])
def test_what_is_no_such_list_is_refused_with_a_sentence(keeper: FlaskClient, body: bytes) -> None:
    answer = keeper.post("/training/outside", data={"file": (BytesIO(body), "list.csv")})
    assert answer.status_code == 422
    assert answer.get_json()["message"].endswith("。")


def test_what_has_changed_since_it_was_looked_at_is_not_taken_in(keeper: FlaskClient, people: dict[str, Actor]) -> None:
    body = (HEADINGS + f"{_number(people['self'].user_id)},,研修,2026/5/1,,\r\n").encode()
    first, second = _bring(keeper, body), _bring(keeper, body)
    digest = _digest(keeper, second)
    assert _take_in(keeper, first) == 303
    assert keeper.post(f"{second}/application", data={"digest": digest}).status_code == 409


def test_nobody_but_the_steering_brings_and_nobody_reads_anothers_list(house: InProcess, keeper: FlaskClient, people: dict[str, Actor]) -> None:
    at = _bring(keeper, (HEADINGS + f"{_number(people['self'].user_id)},,研修,2026/5/1,,\r\n").encode())
    for who, actor in people.items():
        if who != "steering":
            client = signed_in(house, actor)
            answers = [client.get("/training/outside"), client.get(at), client.get("/training/outside/form.csv"),
                       client.post("/training/outside", data={"file": (BytesIO(b"x"), "x.csv")})]
            assert {answer.status_code for answer in answers} <= {403, 404}, who


def _number(user_id: int) -> str:
    return people_cards([user_id])[user_id].staff_number


def _bring(keeper: FlaskClient, body: bytes) -> str:
    return keeper.post("/training/outside", data={"file": (BytesIO(body), "list.csv")}).headers["Location"]


def _digest(keeper: FlaskClient, at: str) -> str:
    return keeper.get(at).text.split('name="digest" value="')[1].split('"')[0]


def _take_in(keeper: FlaskClient, at: str) -> int:
    return keeper.post(f"{at}/application", data={"digest": _digest(keeper, at)}).status_code
