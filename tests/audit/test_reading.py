"""Who may read what was done, and what stands there."""
import csv
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from chat.commands.rooms import remove_member
from groupware.audit.models import DONE, REFUSED, Entry
from groupware.audit.naming import noun_of
from groupware.kernel import clock, db
from groupware.kernel.errors import Forbidden
from groupware.kernel.house import house as furnished
from tests.chat.town import adviser, person, room, say
from tests.conftest import InProcess
from tests.files.office import browser
from tests.support.counting import statements

PAGE = {"Accept": "text/html"}


@pytest.fixture
def desk(house: InProcess) -> FlaskClient:
    return browser(house, person("蓮見 亮介", roles=("administrator",)))


def entries(**where: Any) -> list[Entry]:
    db.end_reading()
    return list(db.session.scalars(select(Entry).filter_by(**where).order_by(Entry.id)))


@pytest.mark.usefixtures("house")
def test_everything_that_can_happen_has_words_for_a_person() -> None:
    assert [name for name, event in furnished.events.items() if not event.words] == []


@pytest.mark.parametrize("who", [person, adviser])
def test_nobody_else_reads_the_entries(house: InProcess, who: Any) -> None:
    visitor = browser(house, who("大沢 健"))
    assert visitor.get("/audit").status_code == 403
    assert visitor.get("/audit/entries.csv").status_code == 403


def test_the_entries_are_found_by_person_deed_thing_and_day(desk: FlaskClient) -> None:
    writer, other = person("藤倉 美咲"), person("柏木 真帆")
    at = room(writer, other, name="窓口")
    say(writer, at, "秘密の本文")
    page = desk.get("/audit?person=藤倉&event=chat.MessagePosted", headers=PAGE).text
    assert "藤倉 美咲" in page
    assert "投稿した" in page
    assert "秘密の本文" not in page
    assert "部屋をつくった" in desk.get(f"/audit?about=chat.room:{at}", headers=PAGE).text
    today = clock.today().isoformat()
    assert "投稿した" in desk.get(f"/audit?since={today}&until={today}&event=chat.MessagePosted", headers=PAGE).text
    assert "記録がありません" in desk.get("/audit?until=2020-01-01", headers=PAGE).text
    refused = desk.get("/audit?since=あした", headers=PAGE)
    assert (refused.status_code, "読み取れません" in refused.text) == (422, True)
    for strange in ("?event=stars", "?below=x", "?below=-5", f"?person={'あ' * 3000}"):
        assert desk.get(f"/audit{strange}", headers=PAGE).status_code == 200


@pytest.mark.usefixtures("house")
def test_every_kind_of_thing_has_a_name_for_a_person() -> None:
    kinds = {event.kind for event in furnished.events.values() if event.kind}
    nouns = [noun_of(Entry(about=f"{kind}:7", result=DONE, event="")) for kind in kinds]
    assert [noun for noun in nouns if re.search("[a-z._]|そのほか", noun)] == []


def test_what_an_entry_is_about_is_called_as_a_person_calls_it_if_they_may_see_it_and_opens_no_room(house: InProcess) -> None:
    keeper = person("蓮見 亮介", roles=("administrator",))
    other = person("柏木 真帆")
    here, there = room(keeper, other, name="窓口の部屋"), room(other, name="閉じた部屋", kind="closed")
    say(other, here, "秘密の本文")
    say(other, there, "閉じた本文")
    page = browser(house, keeper).get("/audit", headers=PAGE).text
    assert f'<a href="/chat/rooms/{here}">窓口の部屋</a>' in page
    assert f'<a href="/audit?about=chat.room:{there}"' in page
    assert f"部屋 {there}番" in page
    assert not [hidden for hidden in ("閉じた部屋", "秘密の本文", "閉じた本文", "room_id", ">chat.room:") if hidden in page]


def test_people_who_are_named_in_an_entry_are_named_in_words(house: InProcess) -> None:
    keeper, other = person("蓮見 亮介", roles=("administrator",)), person("柏木 真帆")
    at = room(keeper, other)
    remove_member(keeper, at, other.user_id)
    page = browser(house, keeper).get("/audit?event=chat.MemberRemoved", headers=PAGE).text
    assert "柏木 真帆" in page


def test_what_is_taken_away_is_itself_written_down_first(desk: FlaskClient) -> None:
    owner = person("=1+1 式")
    say(owner, room(owner))
    taken = desk.get("/audit/entries.csv?event=chat.MessagePosted")
    lines = list(csv.DictReader(io.StringIO(taken.data.decode("utf-8-sig"))))
    assert [line["したこと"] for line in lines] == ["投稿した"]
    assert lines[0]["だれ"] == "'=1+1 式"
    [noted] = entries(event="audit.EntriesTaken")
    assert "chat.MessagePosted" in noted.body["sought"]


def test_what_was_refused_is_written_down_once_in_a_while(house: InProcess) -> None:
    owner, member = person("藤倉 美咲"), person("柏木 真帆")
    at = room(owner, member)
    client = browser(house, member)
    for _ in range(3):
        assert client.post(f"/chat/rooms/{at}/members/{owner.user_id}/removal").status_code == 403
    with pytest.raises(Forbidden):
        remove_member(member, at, owner.user_id)
    [noted] = entries(result=REFUSED)
    address = f"/chat/rooms/{at}/members/{owner.user_id}/removal"
    assert (noted.actor_id, noted.event, noted.about) == (member.user_id, "chat.remove_member", address)
    assert re.search(rf"チャット・{address}</small>", client.get("/audit/mine", headers=PAGE).text)


def test_everybody_sees_what_was_done_in_their_own_name_and_nothing_else(house: InProcess) -> None:
    one, other = person("藤倉 美咲"), person("柏木 真帆")
    say(one, room(one, other), "x")
    mine, theirs = (browser(house, who).get("/audit/mine", headers=PAGE).text for who in (one, other))
    assert "投稿した" in mine
    assert "サインインした" in mine
    assert "投稿した" not in theirs


def test_the_pages_keep_their_budget(desk: FlaskClient) -> None:
    writer = person()
    at = room(writer, person(), person())
    for number in range(60):
        say(writer, at, f"投稿 {number}")
    for path in ("/audit", "/audit/mine"):
        db.forget_reading()
        with statements() as asked:
            assert desk.get(path, headers=PAGE).status_code == 200
        assert len(asked) <= 8, asked
    assert db.session.scalar(select(func.count()).select_from(Entry))
