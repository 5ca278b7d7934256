"""Who acts is worked out once for each state of the directory: never an old name, post, role or door, and no query while nothing changes."""
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from groupware.directory.commands.lists import change_word
from groupware.directory.commands.people import change_person, disable_person, enable_person, grant_role, take_role
from groupware.directory.commands.units import change_unit
from groupware.directory.forms import PostDraft, StaffKindDraft, UnitDraft
from groupware.directory.models import Post, StaffKind
from groupware.directory.queries import actor_for, actor_under, directory_mark
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from tests.directory.town import draft, move, person, statements_of, unit


def met(user_id: int) -> Actor | None:
    """As at the door of a request."""
    return actor_under(db.session.scalar(select(directory_mark())), user_id, 7)


def id_of(table: type[Post] | type[StaffKind], name: str) -> int:
    return int(db.session.scalars(select(table.id).where(table.name == name)).one())


def test_after_every_change_of_the_directory_everybody_is_met_as_they_are_now(each_town: Any) -> None:
    user_id, number = person(number="002079"), "002079"
    kept = id_of(Post, "主事"), id_of(StaffKind, "正職員")
    changes: tuple[Callable[[], object], ...] = (
        lambda: change_person(SYSTEM, user_id, draft("柏木 美咲", "かしわぎ みさき", number=number)),
        lambda: move(user_id, "0321", clock.today(), "係長"), lambda: grant_role(SYSTEM, user_id, "leader"),
        lambda: change_unit(SYSTEM, unit("0321"), UnitDraft("0321", "市民税第一係", "係", "0320", starts_on=clock.today())),
        lambda: take_role(SYSTEM, user_id, "leader"), lambda: disable_person(SYSTEM, user_id), lambda: enable_person(SYSTEM, user_id),
        lambda: move(user_id, "0311", clock.today() + timedelta(days=1)),
        lambda: change_word(SYSTEM, kept[0], PostDraft("主任主事", 60)), lambda: change_word(SYSTEM, kept[1], StaffKindDraft("正職員", outside=True)))
    seen = {met(user_id)}
    for change in changes:
        change()
        assert met(user_id) == actor_for(user_id, 7)
        seen.add(met(user_id))
    assert len(seen) > len(changes) // 2, "these are changes that show"


def test_what_begins_tomorrow_is_met_tomorrow(town: Any) -> None:
    user_id, tomorrow = person(), clock.today() + timedelta(days=1)
    move(user_id, "0321", tomorrow, "係長")
    before = met(user_id)
    with clock.at(clock.now() + timedelta(days=1)):
        after = met(user_id)
    assert before
    assert after
    assert (before.label, after.label) == ("市民課 窓口係・主事", "税務課 市民税係・係長")


def test_while_nothing_changes_only_the_mark_is_asked_for(town: Any) -> None:
    user_id = person()
    met(user_id)
    assert statements_of(lambda: met(user_id)) == statements_of(lambda: db.session.scalar(select(directory_mark())))
