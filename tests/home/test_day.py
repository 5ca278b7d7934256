"""「今日、私は何をすればよいか」: in the order of urgency, for whoever asks, with one budget of questions for the page."""
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from groupware.directory.queries import standing_of
from groupware.home.day import day_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Feature
from groupware.kernel.house import house as the_house
from groupware.kernel.widget import Engagement, Todo, Widget
from tests.boards import town as boards
from tests.chat.town import room, say
from tests.conftest import InProcess
from tests.files.office import browser
from tests.meetings import town as meetings
from tests.support.counting import statements

NOW = datetime(2026, 10, 15, 1, 12, tzinfo=UTC)     # 10:12 in Japan, a Thursday
BUDGET = 40             # questions of the whole page, the four of knowing who asks among them
EACH = 3                # questions of one answer to the page


@pytest.fixture
def people(house: InProcess) -> dict[str, Actor]:
    return boards.hall()


def page(house: InProcess, actor: Actor) -> str:
    db.forget_reading()
    return browser(house, actor).get("/", headers={"Accept": "text/html"}).text


def test_what_is_to_be_done_stands_in_the_order_of_its_urgency(house: InProcess, people: dict[str, Actor]) -> None:
    _says(todos=(lambda _: [_todo("先のこと", days=20), _todo("いつでもよいこと"), _todo("昨日まで", days=-1), _todo("今日まで", hours=2),
                            _todo("来週まで", days=6)],))
    with clock.at(NOW):
        shown = page(house, people["clerk"])
    order = [shown.index(f">{title}</a>") for title in ("昨日まで", "今日まで", "来週まで", "先のこと", "いつでもよいこと")]
    assert order == sorted(order)
    assert "今日までの用件が<b>1件</b>" in shown
    assert 'ほかに、期限を過ぎた用件が<a href="#h-todo">1件</a>' in shown


def test_the_engagements_of_today_are_put_around_now(house: InProcess, people: dict[str, Actor]) -> None:
    def three(_: Actor) -> Iterator[Engagement]:
        for title, hours in (("夕方の会", 6), ("朝の会", -2), ("次の会", 0.5)):
            yield Engagement(title, "/", NOW + timedelta(hours=hours), act="資料を開く")
    _says(engagements=(three,))
    with clock.at(NOW):
        shown = page(house, people["clerk"])
    assert shown.index("朝の会") < shown.index("いま 10:12") < shown.index("次の会") < shown.index("夕方の会")
    assert shown.count("資料を開く") == 1
    assert "始まりまで 30分" in shown


def test_an_empty_day_says_something_kind(house: InProcess, people: dict[str, Actor]) -> None:
    shown = page(house, people["tax"])
    assert "いまのところ、あなたを待っている用件はありません。" in shown
    assert "することはありません" in shown


def test_a_notice_to_confirm_and_the_sitting_of_today_are_on_the_page_of_those_concerned_only(house: InProcess) -> None:
    here = meetings.hall()
    board = boards.board()
    sender = boards.actor(boards.person("田代 恵", at="0320", post="係長"))
    boards.notice(sender, board, title="様式が変わります")
    body = meetings.body(here)
    sitting = meetings.sitting(here, body, begins=NOW + timedelta(hours=1))
    meetings.item(here["secretary"], sitting)
    meetings.call_sitting(here["secretary"], sitting)
    with clock.at(NOW):
        member, stranger = page(house, here["member"]), page(house, here["outsider"])
    assert "様式が変わります" in member
    assert "第1回 DX連絡会議" in member
    assert "様式が変わります" not in stranger
    assert "DX連絡会議" not in stranger


def test_only_who_heads_a_section_sees_how_its_people_are(house: InProcess, people: dict[str, Actor]) -> None:
    boards.notice(people["sender"], boards.board())
    head, clerk = page(house, people["head"]), page(house, people["clerk"])
    assert "市民課のようす" in head
    assert "未読 1" in head
    assert "のようす" not in clerk


def test_a_feature_that_fails_leaves_a_gap_with_its_name(house: InProcess, people: dict[str, Actor]) -> None:
    def falls(_: Actor) -> Widget:
        raise ZeroDivisionError
    _says(widgets=(falls,))
    shown = page(house, people["clerk"])
    assert "ためしのところを、いま表示できません" in shown
    assert "今日の予定" in shown


def test_the_page_has_one_budget_and_asks_no_more_in_a_larger_city(house: InProcess, people: dict[str, Actor]) -> None:
    board = boards.board()
    counted = []
    for rounds in (1, 6):
        for number in range(rounds):
            boards.notice(people["sender"], board, title=f"様式 {number}")
            say(people["sender"], room(people["sender"], people["head"], name=f"部屋 {number}"), f"<@{people['head'].user_id}> お願いします")
        client = browser(house, people["head"])
        db.forget_reading()
        with statements() as asked:
            assert client.get("/", headers={"Accept": "text/html"}).status_code == 200
        counted.append(len(asked))
    assert counted[1] <= counted[0] <= BUDGET, counted


def test_no_answer_to_the_page_asks_more_than_its_share(house: InProcess, people: dict[str, Actor]) -> None:
    boards.notice(people["sender"], boards.board())
    makers = [(feature.name, make) for feature in the_house.features for make in (*feature.todos, *feature.engagements, *feature.widgets)]
    with house.app.test_request_context():
        standing_of(people["head"])         # asked once for all of them, and then known
        for name, make in makers:
            db.forget_reading()
            with statements() as asked:
                made = make(people["head"])
                list(made) if made and not isinstance(made, Widget) else None
            assert len(asked) <= EACH, f"{name}: {make.__name__}"


def test_nothing_of_the_demo_is_broken(house: InProcess, people: dict[str, Actor]) -> None:
    with house.app.test_request_context():
        assert day_of(people["head"]).broken == []


def _says(**said: object) -> None:
    """One more feature in the house, for this test."""
    the_house.features.append(replace(Feature("trial", "ためし"), **said))      # type: ignore[arg-type]


def _todo(title: str, *, days: int = 0, hours: int = 0) -> Todo:
    return Todo("要確認", "confirm", title, "/", "見る", due_at=NOW + timedelta(days=days, hours=hours) if days or hours else None)
