"""From what people do to the index: everything once, as it is now, whatever fails in between."""
from shutil import rmtree
from typing import Any

import pytest

from chat.commands.messages import delete_message, edit_message
from chat.commands.rooms import change_room
from chat.forms import EditDraft
from groupware.directory.commands.people import disable_person
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Refusal
from groupware.kernel.house import house as the_house
from groupware.kernel.ref import Ref
from groupware.search.building import check, rebuild
from groupware.search.entries import Entry
from groupware.search.notes import BUILDING, CHECKED, note
from groupware.search.waiting import bring_back, put_aside_refs, wait_for, waiting
from tests.chat.town import person, room, say
from tests.search.hall import Hall


def test_what_is_said_corrected_and_taken_back_is_found_as_it_is_now(each_hall: Hall) -> None:
    me = person()
    here = room(me)
    message = say(me, here, "補正予算の会議")
    assert each_hall.find(me, "補正予算") == ["補正予算の会議"]
    edit_message(me, message.id, EditDraft.parse({"text": "決算の会議", "revision": 1}))
    assert each_hall.find(me, "補正予算") == []
    assert each_hall.find(me, "決算") == ["決算の会議"]
    delete_message(me, message.id)
    assert each_hall.find(me, "決算") == []


def test_rooms_and_people_are_found_by_their_words_and_only_as_long_as_they_are_there(each_hall: Hall) -> None:
    me, other = person(), person("渡邉 由紀")
    here = room(me, name="防災訓練の相談")
    assert each_hall.find(me, "防災") == ["防災訓練の相談"]
    assert each_hall.find(me, "渡辺") == ["渡邉 由紀"]
    change_room(me, here, "避難所の相談", "")
    disable_person(SYSTEM, other.user_id)
    assert each_hall.find(me, "防災") == each_hall.find(me, "渡辺") == []
    assert each_hall.find(me, "避難所") == ["避難所の相談"]


def test_what_waits_is_written_with_the_deed_or_not_at_all(hall: Hall) -> None:
    me = person()
    here = room(me)
    hall.settle()
    with pytest.raises(Refusal):
        change_room(person("三枝 透"), here, "ほかの名", "")
    say(me, here)
    db.end_reading()
    assert waiting()[0] == 2        # the person, and the message


def test_a_thing_touched_while_it_is_indexed_waits_again(hall: Hall) -> None:
    me = person()
    message = say(me, room(me), "はじめの文")
    engine = _Interrupted(hall.keeper.engine, lambda: edit_message(me, message.id, EditDraft.parse({"text": "あとの文", "revision": 1})))
    hall.keeper.indexer.engines = [engine]
    hall.settle()
    assert hall.find(me, "はじめ") == []
    assert hall.find(me, "あとの文") == ["あとの文"]


def test_what_cannot_be_read_is_put_aside_and_tried_again_and_the_others_do_not_wait(each_hall: Hall) -> None:
    me = person()
    here = room(me)
    said = [say(me, here, f"会議その{number}") for number in range(5)]
    poison = said[2].id
    healthy = the_house.findables["chat.message"]

    def documents(ids: Any) -> Any:
        if poison in ids:
            raise ValueError("a broken row")
        return healthy.documents(ids)
    the_house.findables["chat.message"] = type(healthy)(healthy.words, healthy.icon, documents, healthy.ids)
    assert len(each_hall.find(me, "会議")) == 4
    assert put_aside_refs() == [(Ref("chat.message", poison), "ValueError: a broken row")]
    the_house.findables["chat.message"] = healthy
    bring_back()
    assert len(each_hall.find(me, "会議")) == 5
    assert put_aside_refs() == []


def test_what_the_index_will_not_take_is_put_aside_but_an_ill_index_is_no_fault_of_the_documents(hall: Hall) -> None:
    me = person()
    here = room(me)
    hall.settle()
    good, bad = say(me, here, "よい会議"), say(me, here, "困った会議")
    engine = hall.keeper.engine
    hall.keeper.indexer.engines = [_Refusing(engine, Ref("chat.message", bad.id))]
    hall.settle()
    assert [ref for ref, _ in put_aside_refs()] == [Ref("chat.message", bad.id)]
    assert hall.find(me, "会議") == ["よい会議"]
    say(me, here, "あとの会議")
    db.end_reading()
    hall.keeper.indexer.engines = [_Refusing(engine, None)]
    with pytest.raises(OSError):
        hall.keeper.indexer.step()
    assert waiting()[0] == 1
    assert good.id


def test_the_whole_index_is_built_from_what_there_is_and_nothing_said_meanwhile_is_lost(each_hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groupware.search.building.AT_A_TIME", 4)
    me = person()
    here = room(me)
    for number in range(7):
        say(me, here, f"会議その{number}")
    each_hall.settle()
    engine = each_hall.keeper.engine
    told: list[Any] = []

    def go_on() -> bool:
        told.append(note(BUILDING))
        if len(told) == 2:
            say(me, here, "つくる間の会議")
            db.end_reading()
        return True
    rebuild(each_hall.keeper.indexer, go_on)
    assert each_hall.find(me, "つくる間") == ["つくる間の会議"]
    assert len(each_hall.find(me, "会議その")) == 7
    assert each_hall.keeper.engine is engine
    assert [each["done"] for each in told[1:]] == [0, 4]
    assert told[1]["total"] >= 9
    assert note(BUILDING) == {}


def test_where_there_is_no_index_nothing_goes_in_twice_and_what_is_said_meanwhile_goes_in(hall: Hall) -> None:
    me = person()
    here = room(me)
    say(me, here, "前からの会議")
    rmtree(hall.keeper.engine.path)     # type: ignore[attr-defined]
    hall.keeper.engine.close()
    waited: list[int] = []

    def go_on() -> bool:
        waited.append(waiting()[0])
        say(me, here, "つくる間の会議")
        db.end_reading()
        return True
    rebuild(hall.keeper.indexer, go_on)
    assert waited == [0]
    assert sorted(hall.find(me, "会議")) == ["つくる間の会議", "前からの会議"]


def test_a_building_that_is_broken_off_leaves_the_old_index_in_place(each_hall: Hall) -> None:
    me = person()
    say(me, room(me), "会議")
    each_hall.settle()
    rebuild(each_hall.keeper.indexer, lambda: False)
    assert each_hall.find(me, "会議") == ["会議"]


def test_the_nights_check_finds_and_mends_what_is_missing_stale_and_left_over(each_hall: Hall) -> None:
    me = person()
    here = room(me)
    said = [say(me, here, f"会議その{number}") for number in range(6)]
    each_hall.settle()
    engine = each_hall.keeper.engine
    engine.put([], [Ref("chat.message", said[0].id)])
    stale = Entry(Ref("chat.message", said[1].id), 0, f"chat.room:{here}", 0, (), "\n古い文", 1)
    ghost = Entry(Ref("chat.message", 9_999), 0, f"chat.room:{here}", 0, (), "\nいないもの", 1)
    engine.put([stale, ghost], [stale.ref, ghost.ref])
    assert check(each_hall.keeper.indexer, lambda: True) == 3
    each_hall.settle()
    assert check(each_hall.keeper.indexer, lambda: True) == 0
    assert len(each_hall.find(me, "会議")) == 6
    assert each_hall.find(me, "いないもの") == []
    assert note(CHECKED)["count"] == engine.count()


def test_things_of_a_feature_that_is_gone_leave_the_index(hall: Hall) -> None:
    wait_for([Ref("gone.thing", 1)])
    hall.settle()
    assert waiting()[0] == 0


class _Interrupted:
    """Between reading and writing somebody acts, once."""

    def __init__(self, engine: Any, act: Any) -> None:
        self.engine, self.act = engine, [act]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def put(self, entries: Any, refs: Any) -> None:
        if self.act and refs:
            self.act.pop()()
            db.end_reading()
        self.engine.put(entries, refs)


class _Refusing:
    """One thing will not go in; or, without one, nothing will."""

    def __init__(self, engine: Any, ref: Ref | None) -> None:
        self.engine, self.ref = engine, ref

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def put(self, entries: Any, refs: Any) -> None:
        if self.ref is None:
            raise OSError("no space left on device")
        if self.ref in refs:
            raise ValueError("not this one")
        self.engine.put(entries, refs)
