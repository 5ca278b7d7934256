"""The helper is killed, the index is taken away: what is found is what there is, and the page says what is missing.

In one city, one test after the other: each begins with a helper at work.
"""
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.database import close_database
from groupware.search.building import check
from groupware.search.choosing import own_engine
from groupware.search.indexing import Indexer
from tests.support.people import Visitor, look_up
from tests.support.servers import Served
from tests.support.waiting import until

FUJIKURA = "002079"


def test_an_index_that_is_taken_away_is_said_to_be_and_built_again(city_of_file: Served) -> None:
    with Visitor(city_of_file, FUJIKURA) as me:
        until(lambda: _found(me, "窓口"), 60, "the index is built")
        shutil.rmtree(city_of_file.data / "search")
        said = until(lambda: "いまは検索を使えません" in _page(me, "窓口") or "件" in _page(me, "窓口"), 10, "the page answers")
        assert said
        until(lambda: _found(me, "窓口"), 60, "it has mended itself")


def test_without_its_helper_the_house_goes_on_and_the_search_comes_back_with_it(city_of_file: Served) -> None:
    with Visitor(city_of_file, FUJIKURA) as me:
        until(lambda: _found(me, "窓口"), 60, "the index is built")
        assert city_of_file.helper
        city_of_file.helper.kill()
        assert "いまは検索を使えません" in _page(me, "窓口")
        assert me.get("/chat").status_code == 200
        room = _new_room(me)
        me.post(f"/chat/rooms/{room}/messages", {"text": "留守の間の言葉", "key": uuid4().hex})
        city_of_file.start_helper()
        until(lambda: _found(me, "留守の間の言葉"), 30, "what was said meanwhile is found")


def test_two_helpers_share_the_work_but_only_one_indexes(city_of_file: Served) -> None:
    with Visitor(city_of_file, FUJIKURA) as me:
        until(lambda: _found(me, "窓口"), 60, "the index is built")
        first = city_of_file.helper
        city_of_file.start_helper()
        room = _new_room(me)
        me.post(f"/chat/rooms/{room}/messages", {"text": "二人いるときの言葉", "key": uuid4().hex})
        until(lambda: _found(me, "二人いるときの言葉"), 30, "one of them indexes")
        assert first
        first.kill()
        until(lambda: _found(me, "二人いるときの言葉"), 30, "the other one takes its place")


def test_a_helper_killed_again_and_again_loses_doubles_and_leaves_nothing(city_of_file: Served, trials: Callable[[int, int], int]) -> None:
    """Posts, corrections and removals go on all the time. The last of this file: afterwards the city is at rest."""
    with Visitor(city_of_file, FUJIKURA) as me:
        room = _new_room(me)
        until(lambda: _found(me, "種類:部屋 試しの部屋"), 60, "the index is built")
        for number in range(trials(2, 20)):
            _write(me, room, number)
            assert city_of_file.helper
            city_of_file.helper.kill()
            _write(me, room, number + 1_000)
            city_of_file.start_helper()
            until(lambda: "いまは検索を使えません" not in _page(me, "窓口"), 30, "the helper is at work again")
        me.post(f"/chat/rooms/{room}/messages", {"text": "おしまいの言葉", "key": uuid4().hex})
        until(lambda: _found(me, "おしまいの言葉"), 30, "all is indexed")
        _check_in_peace(city_of_file, me, room)


def _write(me: Visitor, room: int, number: int) -> None:
    keys = [uuid4().hex for _ in range(4)]
    for index, key in enumerate(keys):
        me.post(f"/chat/rooms/{room}/messages", {"text": f"試しの言葉 {number} の {index}", "key": key})
    ids = [look_up(me.served, "select id from chat_message where client_key = ?", key)[0][0] for key in keys[:2]]
    me.post(f"/chat/messages/{ids[0]}/text", {"text": f"直した言葉 {number}", "revision": 1})
    me.post(f"/chat/messages/{ids[1]}/removal")


def _check_in_peace(city: Served, me: Visitor, room: int) -> None:
    city.end()
    with _inside(city):
        engine = own_engine()
        assert check(Indexer(engine), lambda: True) == 0
        found = [ref.id for ref, _, _ in engine.versions() if ref.kind == "chat.message"]
        engine.close()
    there = [row[0] for row in look_up(city, "select id from chat_message where deleted_at is null")]
    assert sorted(found) == sorted(there)


@contextmanager
def _inside(city: Served) -> Iterator[None]:
    """The same house in this process, after the others have left it."""
    app = create_app(FEATURES, Config(data=city.data, secret="demo-only-for-tests", testing=True))
    with app.app_context():
        yield
    close_database()


def _new_room(me: Visitor) -> int:
    answer = me.http.post(f"{me.served.url}/chat/rooms", data={"name": "試しの部屋", "kind": "closed"}, timeout=10, allow_redirects=False)
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def _page(me: Visitor, typed: str) -> str:
    answer = me.http.get(f"{me.served.url}/search", params={"q": typed}, headers={"Accept": "text/html"}, timeout=15)
    assert answer.status_code == 200, answer.text[:500]
    return answer.text


def _found(me: Visitor, typed: str) -> bool:
    return "見つかりました" in _page(me, typed)
