"""Who finds what: as of this moment, and nothing that tells of anything else."""
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from chat.commands.rooms import leave_room, open_direct, remove_member
from chat.models import Message
from groupware.audit.models import Entry
from groupware.directory.commands.people import grant_role
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.ref import Ref
from groupware.search.notes import ASKED, note
from groupware.search.remembering import KEPT
from tests.chat.town import adviser, again, invite, person, room, say
from tests.files.office import browser
from tests.search.hall import Hall
from tests.support.counting import statements


def test_only_those_who_may_read_the_room_find_what_is_said_in_it(each_hall: Hall) -> None:
    me, mate, stranger, outsider, guest = person(), person("井上 慎一"), person("蓮見 亮介"), adviser(), adviser("柏木 真帆")
    closed, everybodys = room(me, mate, guest), room(me, kind="open", name="全庁の部屋")
    say(me, closed, "非公開の会議")
    say(me, everybodys, "公開の会議")
    say(me, open_direct(me, mate.user_id), "二人の会議")
    found = {each.name: each_hall.find(each, "会議") for each in (me, mate, stranger, outsider, guest)}
    assert found == {me.name: ["二人の会議", "公開の会議", "非公開の会議"], mate.name: ["二人の会議", "公開の会議", "非公開の会議"],
                     stranger.name: ["公開の会議"], outsider.name: [], guest.name: ["非公開の会議"]}


def test_who_was_taken_out_or_left_finds_nothing_of_it_from_that_moment(each_hall: Hall) -> None:
    me, mate, third = person(), person("井上 慎一"), person("蓮見 亮介")
    here = room(me, mate, third)
    say(me, here, "会議")
    assert each_hall.find(mate, "会議") == each_hall.find(third, "会議") == ["会議"]
    remove_member(me, here, mate.user_id)
    leave_room(third, here)
    db.end_reading()
    results = each_hall.ask(mate, "会議")
    assert (results.lines, results.total, results.leading) == ([], 0, {})
    assert each_hall.find(third, "会議") == []
    invite(me, here, mate)
    assert each_hall.find(mate, "会議") == ["会議"]


def test_an_adviser_finds_no_people_and_no_rooms_but_their_own(each_hall: Hall) -> None:
    me, outsider = person("会議 太郎"), adviser()
    room(me, name="会議の部屋")
    room(me, outsider, name="助言の会議")
    assert each_hall.find(outsider, "会議") == ["助言の会議"]
    assert each_hall.ask(outsider, "会議").counts["directory.user"] == 0
    hidden, missing = (each_hall.ask(outsider, f"場所:{name} 会議").troubles for name in ("会議の部屋", "ない部屋"))
    assert hidden == tuple(trouble.replace("ない部屋", "会議の部屋") for trouble in missing) != ()


def test_what_an_index_should_not_have_is_still_not_shown(hall: Hall) -> None:
    """The second question, to the owner: whatever the index believes."""
    me, stranger = person(), person("蓮見 亮介")
    secret, here = room(me), room(stranger)
    message = say(me, secret, "極秘の会議")
    hall.settle()
    _move(message.id, here, 77)
    hall.keeper.indexer.put([Ref("chat.message", message.id)])
    _move(message.id, secret, 1)
    assert hall.ask(stranger, "極秘").total == 1        # the index does believe it
    assert hall.find(stranger, "極秘") == []


def test_places_senders_days_and_kinds_narrow_what_is_found(hall: Hall) -> None:
    me, mate = person(), person("井上 慎一")
    one, other = room(me, mate, name="市民課 連絡"), room(me, mate, name="税務課 連絡")
    say(me, one, "市民課の会議 https://example.test/")
    say(mate, other, "税務課の会議")
    for typed in ("会議 場所:市民課", "会議 -差出人:井上", "付き:リンク"):
        assert hall.find(me, typed) == ["市民課の会議 https://example.test/"]
    for typed in ("会議 差出人:井上", "会議 -場所:市民課", "会議 -付き:リンク"):
        assert hall.find(me, typed) == ["税務課の会議"]
    assert hall.find(me, "会議 以前:昨日") == []
    assert len(hall.find(me, "会議 日付:今日")) == 2
    assert hall.find(me, "種類:部屋 市民課") == ["市民課 連絡"]
    assert hall.find(me, "場所:市民課") == ["市民課 連絡", "市民課の会議 https://example.test/"]


def test_the_words_are_marked_where_they_stand_in_the_original(hall: Hall) -> None:
    me = person()
    say(me, room(me), "<b>ｻｰﾊﾞｰ</b>と髙橋さん、" + "あ" * 300 + "おわり")
    line = hall.ask(me, "サーバー 高橋").lines[0]
    assert line.text[:5] == [("<b>", False), ("ｻｰﾊﾞｰ", True), ("</b>と", False), ("髙橋", True), (f"さん、{'あ' * 132}", False)]
    page = hall.browser(me).get("/search?q=サーバー", headers={"Accept": "text/html"}).text
    assert "&lt;b&gt;<mark>" in page


def test_a_word_deep_in_a_long_text_is_shown_with_what_stands_around_it(hall: Hall) -> None:
    me = person()
    say(me, room(me), "はじめ。" + "前置き。" * 900 + "ここに補正予算の話。" + "後書き。" * 500)
    text = hall.ask(me, "補正予算").lines[0].text
    assert ("補正予算", True) in text
    assert text[0] == ("…", False)
    assert text[-1] == ("…", False)
    assert sum(len(words) for words, _ in text) < 160


def test_the_page_says_what_it_cannot_do(hall: Hall) -> None:
    me = person()
    visitor = hall.browser(me)

    def ask(typed: str | bytes) -> Any:
        return visitor.get("/search", query_string={"q": typed}, headers={"Accept": "text/html"})
    assert "書き方" in ask("").text
    assert "見つかりませんでした" in ask("ない言葉").text
    assert "という職員は見つかりません" in ask("差出人:いない人").text
    assert "400文字まで" in ask("あ" * 401).text
    assert [ask(typed).status_code for typed in ("\x00", "'", "%", "*", b"\xed\xa0\x80", "あ" * 401, "🎉")] == [200] * 7


def test_without_a_helper_the_page_says_so_and_the_rest_of_the_house_goes_on(house: Any) -> None:
    me = person()
    visitor = browser(house, me)
    answer = visitor.get("/search?q=会議", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "いまは検索を使えません" in answer.text
    assert visitor.get("/chat").status_code == 200


def test_an_index_taken_away_while_the_house_lives_is_said_and_mends_itself(hall: Hall) -> None:
    me = person()
    say(me, room(me), "会議")
    hall.settle()
    for file in hall.keeper.engine.path.iterdir():      # type: ignore[attr-defined]
        file.unlink()
    with hall.house.app.test_request_context():
        assert "いまは検索を使えません" in hall.browser(me).get("/search?q=会議", headers={"Accept": "text/html"}).text
    assert hall.find(me, "会議") == ["会議"]


def test_the_form_makes_the_line_that_one_could_have_typed(hall: Hall) -> None:
    visitor = hall.browser(person())
    answer = visitor.get("/search/conditions", query_string={"words": "予算 会議", "phrase": "補正 予算", "none": "中止 延期", "from": "藤倉 美咲",
                                                              "in": "市民課", "kind": "投稿", "has": "", "after": "先月", "before": "R8.10.1"})
    assert answer.status_code == 302
    line = parse_qs(urlsplit(answer.location).query)["q"][0]
    assert line == '予算 会議 "補正 予算" 差出人:"藤倉 美咲" 場所:市民課 種類:投稿 以後:先月 以前:R8.10.1 -中止 -延期'
    page = visitor.get(answer.location, headers={"Accept": "text/html"}).text
    for value in ("予算 会議", "補正 予算", "藤倉 美咲", "市民課", "先月", "R8.10.1", "中止 延期"):
        assert f'value="{value}"' in page


def test_the_last_words_are_ones_own_ten_and_gone_when_asked(hall: Hall) -> None:
    me, mate = person(), person("井上 慎一")
    mine, theirs = hall.browser(me), hall.browser(mate)
    for number in range(KEPT + 3):
        mine.get("/search", query_string={"q": f"言葉{number}"})
    mine.get("/search", query_string={"q": "差出人:いない人"})
    page = mine.get("/search", headers={"Accept": "text/html"}).text
    assert [f"言葉{number}</a>" in page for number in range(KEPT + 3)] == [False] * 3 + [True] * KEPT
    assert "いない人" not in page
    assert "最近さがした" not in theirs.get("/search", headers={"Accept": "text/html"}).text
    mine.post("/search/recent/removal")
    assert "最近さがした" not in mine.get("/search", headers={"Accept": "text/html"}).text


def test_administrators_see_the_index_and_have_it_built_anew(hall: Hall) -> None:
    me, keeper = person(), person("井上 慎一")
    grant_role(SYSTEM, keeper.user_id, "administrator")
    assert hall.browser(me).get("/search/state").status_code == hall.browser(me).post("/search/rebuilding").status_code == 403
    page = hall.browser(again(keeper.user_id)).get("/search/state", headers={"Accept": "text/html"})
    assert "Whoosh" in page.text
    assert hall.browser(again(keeper.user_id)).post("/search/rebuilding").status_code == 303
    db.end_reading()
    assert note(ASKED)
    assert db.session.scalars(select(Entry.event).where(Entry.event == "search.RebuildAsked")).all() == ["search.RebuildAsked"]
    before = hall.keeper.engine.name        # type: ignore[attr-defined]
    hall.settle()
    assert hall.keeper.engine.name != before        # type: ignore[attr-defined]
    assert not note(ASKED)


@pytest.mark.parametrize("size", [2, 20])
def test_a_page_of_results_asks_the_same_few_questions(hall: Hall, size: int) -> None:
    me = person()
    others = [person(f"会議 {number}") for number in range(size)]
    for number in range(size):
        say(me, room(me, *others, name=f"会議の部屋{number}"), f"会議その{number}")
    hall.settle()
    visitor = hall.browser(me)
    visitor.get("/search?q=会議")
    with statements() as asked:
        assert visitor.get("/search?q=会議", headers={"Accept": "text/html"}).status_code == 200
    assert len(asked) <= 22         # one of them for each feature that has circles


def test_secrets_change_no_byte_of_the_page(each_hall: Hall) -> None:
    me, other = person(), person("井上 慎一")
    here, there = room(me, name="会議の部屋"), room(other)
    for number in range(30):
        say(me, here, f"会議の予算その{number}")
    each_hall.settle()
    visitor = each_hall.browser(me)
    before = _pages(visitor)
    for number in range(60):
        say(other, there, f"極秘の会議の予算その{number}")
    room(other, name="極秘の会議")
    each_hall.settle()
    assert _pages(visitor) == before


def _move(message_id: int, room_id: int, seq: int) -> None:
    db.write(lambda: db.session.execute(update(Message).where(Message.id == message_id).values(room_id=room_id, seq=seq)))
    db.end_reading()


def _pages(visitor: Any) -> list[str]:
    typed = ("会議", "予算", "その1", "会議 予算", "-極秘 会議", "極秘", "種類:部屋 会議", "議")
    return [visitor.get("/search", query_string={"q": each, "sort": sort}, headers={"Accept": "text/html"}).text
            for each in typed for sort in ("newest", "best")]
