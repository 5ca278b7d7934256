"""A small invented city hall, made by the commands, and what its tests ask of it."""
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import event, select

from groupware.audit.models import Entry
from groupware.directory.commands.people import create_person, grant_role
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.directory.queries import actor_for, ids_by_unit_code
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM, Actor
from tests.support.prepared import prepared

TREE = (
    ("0000", "かりの市", "市", ""), ("0300", "市民環境部", "部", "0000"), ("0310", "市民課", "課", "0300"), ("0311", "窓口係", "係", "0310"),
    ("0312", "戸籍係", "係", "0310"), ("0320", "税務課", "課", "0300"), ("0321", "市民税係", "係", "0320"), ("9000", "外部人材", "外部", ""))
HIRED = date(2024, 4, 1)
_numbers = count(1)


@prepared
def build_town() -> None:
    for code, name, kind, parent in TREE:
        create_unit(SYSTEM, UnitDraft(code, name, kind, parent))


def unit(code: str) -> int:
    return ids_by_unit_code()[code]


def draft(name: str = "藤倉 美咲", kana: str = "ふじくら みさき", number: str = "", **more: str) -> PersonDraft:
    """Parsed as from a form; a number of its own unless one is given."""
    family, _, given = name.partition(" ")
    family_kana, _, given_kana = kana.partition(" ")
    return PersonDraft.parse({"staff_number": number or f"{next(_numbers):06}", "family": family, "given": given, "family_kana": family_kana,
                              "given_kana": given_kana, "kind": "正職員", **more})


def person(name: str = "藤倉 美咲", kana: str = "ふじくら みさき", *, at: str = "0311", post: str = "主事", starts: date = HIRED,
           roles: tuple[str, ...] = (), **more: str) -> int:
    """The person's id. ``at=""``: sits nowhere."""
    user_id: int = create_person(SYSTEM, draft(name, kana, **more))
    if at:
        move(user_id, at, starts, post)
    for role in roles:
        grant_role(SYSTEM, user_id, role)
    return user_id


def move(user_id: int, code: str, starts: date, post: str = "主事", nature: str = "主務") -> int:
    """The assignment's id."""
    made: int = assign_person(SYSTEM, user_id, PlaceDraft(code, nature, post, starts))
    return made


def adviser(name: str = "三枝 透", kana: str = "さえぐさ とおる") -> Actor:
    return actor(person(name, kana, at="9000", post="DXアドバイザー", kind="外部", roles=("adviser",)))


def administrator() -> Actor:
    return actor(person("蓮見 亮介", "はすみ りょうすけ", at="0320", roles=("administrator",)))


def actor(user_id: int) -> Actor:
    """As of now."""
    found = actor_for(user_id)
    assert found is not None
    return found


def audited(name: str) -> list[dict[str, Any]]:
    db.forget_reading()
    return list(db.session.scalars(select(Entry.body).where(Entry.event == name).order_by(Entry.id)))


def statements_of(act: Callable[[], object]) -> int:
    """How many questions an act asks of the database; beginnings and ends of transactions are none."""
    said: list[str] = []

    def listen(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)
    engine_class = type(db.reading().get_bind())
    db.forget_reading()
    event.listen(engine_class, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine_class, "before_cursor_execute", listen)
    return len([statement for statement in said if not statement.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])
