"""Where colleagues are: said by themselves, seen by colleagues, by nobody from outside."""
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from chat.commands.rooms import open_direct
from groupware.kernel import clock, db
from groupware.kernel.errors import Forbidden, Invalid
from groupware.kernel.ports import whereabouts
from telework.commands.days import say_place
from telework.events import PlaceSaid
from telework.forms import PlaceDraft
from telework.queries.days import days_of, now_of, week_lines
from telework.rules import week_of
from tests.admin.test_admin import signed_in
from tests.chat.town import room
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, audited, build_town, person, unit
from tests.support.counting import statements


def draft(**more: str) -> PlaceDraft:
    return PlaceDraft.parse(MultiDict({"first": clock.today().isoformat(), "span": "day", "place": "home", "reach": "chat", **more}))


def test_what_somebody_says_is_in_the_week_of_their_section_and_what_is_said_again_replaces_it(each_house: InProcess) -> None:
    build_town()
    clerk = person("柏木 真帆")
    for place in ("home", "trip"):
        say_place(actor(clerk), draft(place=place))
    say_place(actor(clerk), draft(place="leave", span="pm"))
    db.end_reading()
    said = days_of([clerk], clock.today(), clock.today())
    assert {half: day.place for (_, _, half), day in said.items()} == {"am": "trip", "pm": "leave"}
    say_place(actor(clerk), draft(place=""))
    db.end_reading()
    assert not days_of([clerk], clock.today(), clock.today())


def test_a_long_stay_leaves_out_the_weekends_and_both_halves_alike_are_one_word(house: InProcess) -> None:
    build_town()
    clerk, monday = person("柏木 真帆"), week_of(clock.today())[0]
    with clock.at(clock.now()):
        say_place(actor(clerk), draft(first=monday.isoformat(), last=(monday + timedelta(days=13)).isoformat()))
    db.end_reading()
    assert len(days_of([clerk], monday, monday + timedelta(days=13))) == 20
    [line] = week_lines(unit("0310"), monday)
    assert [[(half, day.place) for half, day in said] for _, said in line.days] == [[("day", "home")]] * 5


def test_somebody_from_outside_says_and_sees_nothing(house: InProcess) -> None:
    build_town()
    clerk, guest = person("柏木 真帆"), adviser()
    say_place(actor(clerk), draft(note="見えない言葉"))
    with pytest.raises(Forbidden):
        say_place(guest, draft())
    outside = signed_in(house, guest)
    for path in ("/telework", "/telework/applications", "/telework/applications/new", "/telework/rules"):
        assert outside.get(path).status_code == 403, path
    assert "見えない言葉" not in outside.get(f"/directory/people/{clerk}").text
    colleague = signed_in(house, actor(person("倉持 浩明", at="0321")))
    assert "見えない言葉" in colleague.get(f"/telework?unit={unit('0310')}&week={clock.today().isoformat()}").text
    assert "見えない言葉" in colleague.get(f"/directory/people/{clerk}").text
    assert set(whereabouts().of([clerk])) == set(now_of([clerk])) == {clerk}


def test_what_was_said_stands_beside_the_name_for_colleagues_and_asks_once_for_any_number(house: InProcess) -> None:
    build_town()
    clerk, head, guest = actor(person("柏木 真帆")), actor(person("藤倉 美咲", at="0310", post="課長")), adviser()
    people, counted = [actor(person(f"人 {number}")) for number in range(8)], []
    say_place(clerk, draft())
    direct, small, large = open_direct(head, clerk.user_id), room(head, clerk, guest), room(head, clerk, guest, *people)
    reader, outside = signed_in(house, head), signed_in(house, guest)
    for path in (f"/chat/rooms/{direct}", f"/chat/rooms/{small}/members", f"/directory?unit={unit('0310')}", "/directory?q=柏木"):
        assert reader.get(path).text.count("在宅（チャットのみ）") == 1, path
    for room_id in (small, large):
        assert "在宅" not in outside.get(f"/chat/rooms/{room_id}/members").text
        reader.get(f"/chat/rooms/{room_id}/members")
        with statements() as asked:
            reader.get(f"/chat/rooms/{room_id}/members")
        counted.append(len(asked))
    assert counted[0] == counted[1], counted
    stranger, own = signed_in(house, actor(person("倉持 浩明", at="0321"))), signed_in(house, clerk)
    assert ["在宅（チャットのみ）" in each.get("/").text for each in (reader, stranger, own, outside)] == [True, False, False, False]
    say_place(clerk, draft(place=""))
    assert "在宅" not in reader.get(f"/chat/rooms/{direct}").text
    assert "課の在席" not in reader.get("/").text


@pytest.mark.parametrize(("field", "more"), [("first", {"first": "いつか"}), ("last", {"last": "2020-01-01"}), ("span", {"span": "夜"}),
                                             ("place", {"place": "月"}), ("reach", {"reach": "念力"}), ("note", {"note": "長" * 61})])
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(house: InProcess, field: str, more: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        draft(**more)
    assert field in refused.value.fields


def test_the_week_asks_the_same_of_the_database_for_a_few_and_for_many(house: InProcess) -> None:
    build_town()
    reader, counted = signed_in(house, actor(person("藤倉 美咲", at="0310", post="課長"))), []
    for many in (2, 12):
        for number in range(many):
            say_place(actor(person(f"人 {many}の{number}")), draft())
        reader.get("/telework")
        with statements() as asked:
            assert reader.get("/telework").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 14, counted


def test_the_record_says_that_a_place_was_said_and_not_which(house: InProcess) -> None:
    build_town()
    clerk = person("柏木 真帆")
    say_place(actor(clerk), draft(place="trip", note="札幌"))
    [body] = audited(PlaceSaid.name())
    assert "trip" not in str(body)
    assert "札幌" not in str(body)
