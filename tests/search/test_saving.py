"""What a person keeps of their questions; and what an administrator asks of the index."""
from sqlalchemy import select

from groupware.audit.models import Entry
from groupware.directory.commands.people import grant_role
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.ref import Ref
from groupware.search.notes import CHECKED, note
from groupware.search.remembering import MOST_SAVED
from tests.chat.town import again, person, room, say
from tests.search.hall import Hall

HTML = {"Accept": "text/html"}


def test_a_question_that_is_kept_is_ones_own_and_stays_until_it_is_dropped(hall: Hall) -> None:
    mine, theirs = hall.browser(person()), hall.browser(person("井上 慎一"))
    assert "この問いを残す" in mine.get("/search?q=会議", headers=HTML).text
    for typed in ("会議", "予算 以後:先週", "会議"):
        assert mine.post("/search/saved", data={"q": typed}).status_code == 303
    assert "この問いを残す" not in mine.get("/search?q=会議", headers=HTML).text
    assert [page.count(">予算 以後:先週</a>") for page in (_first(mine), _first(theirs))] == [1, 0]
    theirs.post("/search/saved/removal", data={"q": "会議"})
    assert ">会議</a>" in _kept(mine)
    mine.post("/search/saved/removal", data={"q": "会議"})
    assert ">会議</a>" not in _kept(mine)


def test_none_that_is_kept_goes_by_itself(hall: Hall) -> None:
    mine = hall.browser(person())
    answers = [mine.post("/search/saved", data={"q": f"言葉{number}"}).status_code for number in range(MOST_SAVED + 1)]
    assert answers == [303] * MOST_SAVED + [422]
    assert [mine.post("/search/saved", data={"q": typed}).status_code for typed in ("", " ", "\x00", "言葉1")] == [422] * 3 + [303]
    assert _kept(mine).count("言葉0</a>") == 1


def test_an_administrator_has_the_index_compared_now(each_hall: Hall) -> None:
    me, keeper = person(), person("井上 慎一")
    message = say(me, room(me), "会議")
    each_hall.settle()
    each_hall.keeper.engine.put([], [Ref("chat.message", message.id)])
    grant_role(SYSTEM, keeper.user_id, "administrator")
    assert each_hall.browser(me).post("/search/checking").status_code == 403
    assert each_hall.browser(again(keeper.user_id)).post("/search/checking").status_code == 303
    assert each_hall.find(me, "会議") == ["会議"]
    assert note(CHECKED)["wrong"] == 1
    assert db.session.scalars(select(Entry.event).where(Entry.event == "search.CheckAsked")).all() == ["search.CheckAsked"]


def _first(visitor: object) -> str:
    return str(visitor.get("/search", headers=HTML).text)      # type: ignore[attr-defined]


def _kept(visitor: object) -> str:
    """Of the page, what stands under 残した問い."""
    return _first(visitor).partition("saved-h")[2].partition("</section>")[0]
