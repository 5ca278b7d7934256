"""Applications as they are searched: by whoever asked, and by whoever heads the unit in which they asked."""
from collections.abc import Collection, Iterator

from sqlalchemy import or_, select

from groupware.directory.queries import standing_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from telework.cards import title_of
from telework.models.applications import STATES, Application


def application_documents(application_ids: Collection[int]) -> Iterator[Document]:
    """Without the number at which somebody is reached."""
    for each in db.session.scalars(select(Application).where(Application.id.in_(application_ids))):
        body = "\n".join(filter(None, (each.work, each.outcome, each.place_name, each.takes_out, STATES[each.state])))
        yield Document(each.ref, _circle(each.user_id, each.unit_id), each.changed_at, body, title_of(each), each.user_id)


def audiences(actor: Actor) -> list[str]:
    """One question: of whom there is something that one may see, and in which unit they asked."""
    if actor.outside or actor.user_id <= 0:
        return []
    mine_or_led = or_(Application.user_id == actor.user_id, Application.unit_id.in_(standing_of(actor).heads))
    return [_circle(*row) for row in db.session.execute(select(Application.user_id, Application.unit_id).where(mine_or_led).distinct())]


def _circle(user_id: int, unit_id: int) -> str:
    return f"telework.application-of:{user_id}.{unit_id}"


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Application.id).where(Application.id > after).order_by(Application.id).limit(limit)))


FOUND = Findable(("テレワーク", "telework"), "house", application_documents, _ids)
