"""What a sitting has decided goes to all staff as a draft that somebody looks over; of what is closed nothing shows in it."""
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from boards.commands.places import found_board
from boards.forms import BoardDraft
from boards.models.notices import DRAFT, Notice
from boards.models.receipts import Receipt
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from meetings.commands.minutes import write_entry
from meetings.commands.reviewing import move_minutes
from meetings.drafts import EntryDraft
from tests.conftest import InProcess
from tests.directory.town import actor, person
from tests.files.office import browser
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, sitting

LEVELS = {"public": "公開の題", "staff": "庁内の題", "members": "委員の題", "secret": "機密の題"}


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(TUESDAY):
        made = hall() | {"steering": actor(person("井上 慎一", at="0320", post="主査", roles=("steering",)))}
        yield made


def minuted(people: dict[str, Actor], level: str = "staff", *levels: str) -> int:
    """An item of each level, each with a decision, something to be done and a remark."""
    number = sitting(people, body(people, level))
    items = {each: item(people["secretary"], number, LEVELS[each], level=each) for each in levels or LEVELS}
    called(people, number)
    for each, item_id in items.items():
        for kind, said in (("decision", f"{each}を決めた"), ("remark", f"{each}の質疑"), ("action", f"{each}をする")):
            owner = people["chair"].user_id if kind == "action" else None
            write_entry(people["secretary"], item_id, EntryDraft(kind, said, owner_id=owner, due_on=BEGINS.date() if owner else None))
    db.end_reading()
    return number


def locked(people: dict[str, Actor], number: int) -> int:
    for who, act in (("secretary", "ask"), ("chair", "lock")):
        move_minutes(people[who], number, act)
    db.end_reading()
    return number


def board() -> int:
    made: int = found_board(SYSTEM, BoardDraft("全庁", rights=frozenset({("read", "all"), ("post", "role:steering")})))
    db.end_reading()
    return made


def notices() -> list[Notice]:
    db.end_reading()
    return list(db.session.scalars(select(Notice)))


def test_the_digest_is_a_draft_of_what_all_staff_may_read_and_of_nothing_else(house: InProcess, people: dict[str, Actor]) -> None:
    number, steering = minuted(people), browser(house, people["steering"])
    locked(people, number)
    board()
    assert "お知らせの下書きをつくる" in steering.get(f"/meetings/{number}/minutes").text
    found = [steering.post(f"/meetings/{number}/minutes/digest") for _ in range(2)]
    [notice] = notices()
    assert [each.headers["Location"] for each in found] == [f"/boards/notices/{notice.id}/editing"] * 2
    assert (notice.title, notice.state) == ("DX連絡会議 第1回のまとめ", DRAFT)
    assert [line for line in notice.body.splitlines() if line[:1] in {"#", "-"}] == [
        "## 公開の題", "- **決定** publicを決めた", "- **対応** publicをする（議長 一人、10月15日まで）",
        "## 庁内の題", "- **決定** staffを決めた", "- **対応** staffをする（議長 一人、10月15日まで）"]
    page = steering.get(f"/boards/notices/{notice.id}/editing").text
    assert "staffを決めた" in page
    for closed in ("members", "secret", "委員", "機密", "質疑"):
        assert closed not in notice.title + notice.body, closed
    assert browser(house, people["bystander"]).get(f"/boards/notices/{notice.id}").status_code == 404
    assert not db.session.scalar(select(func.count()).select_from(Receipt))


def test_only_who_steers_makes_a_digest_and_only_of_open_bodies_whose_minutes_stand(house: InProcess, people: dict[str, Actor]) -> None:
    number, closed = minuted(people), locked(people, minuted(people, "members", "members"))
    board()

    def post(who: str, sitting_id: int = number) -> int:
        return browser(house, people[who]).post(f"/meetings/{sitting_id}/minutes/digest").status_code
    assert post("steering") in {403, 404}
    locked(people, number)
    assert {who: post(who) for who in people if who != "steering"} == {who: 404 if who == "outsider" else 403 for who in people if who != "steering"}
    assert post("steering", closed) in {403, 404}
    assert "お知らせの下書きをつくる" not in browser(house, people["chair"]).get(f"/meetings/{number}/minutes").text
    assert not notices()


def test_where_there_is_nothing_to_tell_or_no_board_for_all_a_sentence_says_so(house: InProcess, people: dict[str, Actor]) -> None:
    post = browser(house, people["steering"]).post
    silent, open_one = locked(people, minuted(people, "staff", "secret")), locked(people, minuted(people))
    refused = post(f"/meetings/{open_one}/minutes/digest")
    assert (refused.status_code, "全職員が読める掲示板" in str(refused.get_json())) == (403, True)
    board()
    nothing = post(f"/meetings/{silent}/minutes/digest")
    assert (nothing.status_code, "知らせる決定と対応事項が" in str(nothing.get_json())) == (422, True)
    assert not notices()
