"""What of the directory is found in the search: the people of today, by whoever may look into it."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from groupware.directory.models import ACTIVE, User
from groupware.directory.permissions import can_look
from groupware.directory.queries.people import people_cards
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref

CIRCLE = "directory.people"


def circles(actor: Actor) -> list[str]:
    return [CIRCLE] if can_look(actor, None) else []


def people(user_ids: Collection[int]) -> Iterator[Document]:
    """By name, かな, where they sit, number and mail address. Who sits where changes with the date: the night's check sees to that."""
    begun = dict(db.session.execute(select(User.id, User.created_at).where(User.id.in_(user_ids), User.state == ACTIVE)).all())
    for card in people_cards(begun).values():
        words = (card.kana, card.label, card.staff_number, card.extension and f"内線 {card.extension}", card.email)
        yield Document(Ref("directory.user", card.id), CIRCLE, begun[card.id], "、".join(filter(None, words)), card.name)


def people_ids(after: int, most: int) -> list[int]:
    return list(db.session.scalars(select(User.id).where(User.id > after, User.state == ACTIVE).order_by(User.id).limit(most)))


FINDABLES = {"directory.user": Findable(("職員", "人", "person"), "seat", people, people_ids, lasting=True)}
