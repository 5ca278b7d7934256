"""A kept question tells of what is new: once, in working time, and of nothing its keeper may not find at that moment."""
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chat.commands.messages import delete_message
from chat.commands.rooms import remove_member
from groupware.directory.commands.people import disable_person
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ref import Ref
from groupware.notifications.models import Notification
from groupware.notifications.seeing import seen_by
from groupware.search import watching
from groupware.search.models import Watch
from groupware.search.watching import KIND, TOLD, WINDOW, look
from tests.chat.town import adviser, person, room, say
from tests.search.hall import Hall

MORNING = datetime(2026, 10, 13, 1, tzinfo=UTC)        # a Tuesday, ten o'clock in Japan
NIGHT = MORNING + timedelta(hours=11)
HTML = {"Accept": "text/html"}


def keeps(hall: Hall, who: Actor, typed: str = "会議", tell: str = "1") -> Any:
    hall.settle()
    visitor = hall.browser(who)
    assert visitor.post("/search/saved", data={"q": typed, "tell": tell}).status_code == 303
    db.end_reading()
    return visitor


def at(hall: Hall, moment: datetime) -> None:
    hall.settle()
    with clock.at(moment):
        look()
    db.end_reading()


def told(who: Actor) -> list[str]:
    """What the stream shows, the oldest first: nothing that cannot be seen."""
    db.end_reading()
    rows = db.session.query(Notification).filter_by(user_id=who.user_id, kind=KIND).order_by(Notification.id)
    refs = [row.ref for row in rows]
    seen = seen_by(who.user_id, refs)
    return [f"{seen[ref].title} {seen[ref].url}" for ref in refs if ref in seen]


def test_what_is_new_is_told_in_one_line_and_what_was_there_never(each_hall: Hall) -> None:
    with clock.at(MORNING):
        me, mate = person(), person("井上 慎一")
        here = room(me, mate)
        say(mate, here, "前からの会議")
        keeps(each_hall, me)
        at(each_hall, MORNING)
        assert told(me) == []
        for number in range(3):
            say(mate, here, f"会議その{number}")
        at(each_hall, MORNING + timedelta(minutes=31))
        assert told(me) == ["「会議」に新しく3件 /search?q=%E4%BC%9A%E8%AD%B0"]
        at(each_hall, MORNING + timedelta(minutes=62))
        assert len(told(me)) == 1


def test_it_tells_again_only_after_a_pause_and_never_in_the_night(hall: Hall) -> None:
    with clock.at(MORNING):
        me, mate = person(), person("井上 慎一")
        here = room(me, mate)
        keeps(hall, me)
        for after, expected in ((timedelta(0), 1), (timedelta(hours=1), 1), (TOLD, 2), (NIGHT - MORNING, 2), (timedelta(days=1), 3)):
            say(mate, here, f"会議 {after}")
            at(hall, MORNING + after)
            assert len(told(me)) == expected, after
    assert told(me)[-1].startswith("「会議」に新しく2件")      # of the night and of the morning


def test_who_has_no_right_is_told_nothing(hall: Hall) -> None:
    with clock.at(MORNING):
        me, gone, left, stranger, outsider = person(), person("井上 慎一"), person("大沢 健"), person("蓮見 亮介"), adviser()
        here = room(me, gone, left)
        for who in (gone, left, stranger, outsider):
            keeps(hall, who)
        said = say(me, here, "極秘の会議")
        remove_member(me, here, gone.user_id)
        at(hall, MORNING)
        assert {len(told(who)) for who in (gone, stranger, outsider)} == {0}
        assert len(told(left)) == 1
        remove_member(me, here, left.user_id)
        assert told(left) == []
        assert db.session.query(Notification).filter_by(kind=KIND).count() == 1
        assert said.id


def test_who_is_disabled_and_what_was_taken_back_is_told_of_no_more(hall: Hall) -> None:
    with clock.at(MORNING):
        me, ill, mate = person(), person("大沢 健"), person("井上 慎一")
        here = room(me, ill, mate)
        keeps(hall, me)
        keeps(hall, ill)
        disable_person(SYSTEM, ill.user_id)
        said = say(mate, here, "会議")
        at(hall, MORNING)
        assert (len(told(me)), db.session.query(Notification).filter_by(kind=KIND).count()) == (1, 1)
        delete_message(mate, said.id)
        assert told(me) == []


def test_it_is_ticked_and_unticked_on_the_page_and_goes_with_the_question(hall: Hall) -> None:
    me, other = person(), person("井上 慎一")
    mine = hall.browser(me)
    assert 'name="tell"' in mine.get("/search?q=会議", headers=HTML).text
    for data, word in (({"q": "会議"}, ">新しく見つかったら知らせる<"), ({"q": "会議", "tell": "1"}, "知らせるのをやめる"),
                       ({"q": "会議", "tell": "1"}, "知らせるのをやめる"), ({"q": "会議", "tell": "0"}, ">新しく見つかったら知らせる<"),
                       ({"q": "会議", "tell": "x"}, ">新しく見つかったら知らせる<"), ({"q": "会議", "tell": "1"}, "知らせるのをやめる")):
        assert mine.post("/search/saved", data=data).status_code == 303
        assert word in mine.get("/search?q=会議", headers=HTML).text
    hall.browser(other).post("/search/saved/removal", data={"q": "会議"})
    assert _watches() == 1
    mine.post("/search/saved/removal", data={"q": "会議"})
    assert _watches() == 0


@pytest.mark.parametrize(("known", "here", "new"), [
    (None, [1, 2], []), ([], [2, 1], [2, 1]), ([1], [3, 1, 2], [3, 2]), ([2, 1], [1], []),
    ([*range(WINDOW)], [200, 0, 300, 5, 400], [200, 300]), ([*range(WINDOW)], [200, 300], [200, 300])])
def test_only_what_is_new_counts_as_new(known: list[int] | None, here: list[int], new: list[int]) -> None:
    """A full window has older things behind it, which move up when something goes."""
    given = None if known is None else [f"{KIND}:{each}" for each in known]
    assert watching._new(given, [Ref(KIND, each) for each in here]) == [Ref(KIND, each) for each in new]


def _watches() -> int:
    db.end_reading()
    return db.session.query(Watch).count()
