"""Finding people by かな, name, staff number, extension or unit; 渡邉, 渡邊 and 渡辺 are one."""
from sqlalchemy import Select, or_, select

from groupware.directory.models import ACTIVE, Assignment, StaffKind, UnitVersion, User
from groupware.directory.queries.people import PersonCard, people_cards
from groupware.directory.queries.units import valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.text import fold

MOST = 30
PLAIN = dict.fromkeys(map(ord, "%_\\"))        # the signs of LIKE mean nothing here


def find_people(actor: Actor, text: str, limit: int = MOST) -> list[PersonCard]:
    """In the order of かな. Every word must be found; an outsider finds only themselves."""
    words = [fold(word) for word in text.replace("　", " ").split()][:5]
    if not words:
        return []
    asked = visible_people(actor).where(User.state == ACTIVE)
    for word in words:
        asked = asked.where(_holds(word))
    ids = list(db.session.scalars(asked.order_by(User.family_kana, User.given_kana, User.id).limit(min(limit, MOST))))
    cards = people_cards(ids)
    return [cards[user_id] for user_id in ids]


def visible_people(actor: Actor) -> Select[tuple[int]]:
    """Ids of the people this actor may look up in the directory."""
    asked = select(User.id)
    return asked.where(User.id == actor.user_id) if actor.outside else asked


def roster(actor: Actor, unit_ids: list[int]) -> list[PersonCard]:
    """Active people of these units today."""
    asked = (visible_people(actor).join(Assignment, Assignment.user_id == User.id)
             .where(User.state == ACTIVE, Assignment.unit_id.in_(unit_ids), valid_on(Assignment, clock.today())).distinct())
    return list(people_cards(db.session.scalars(asked)).values())


def outside_ids() -> set[int]:
    return set(db.session.scalars(select(User.id).join(StaffKind).where(StaffKind.outside)))


def _holds(word: str):      # type: ignore[no-untyped-def]
    like = "%" + word.translate(PLAIN) + "%"
    today = clock.today()
    in_unit = (select(Assignment.user_id).join(UnitVersion, UnitVersion.unit_id == Assignment.unit_id)
               .where(UnitVersion.name.like(like), valid_on(UnitVersion, today), valid_on(Assignment, today)))
    return or_(User.search_key.like(like), User.id.in_(in_unit))
