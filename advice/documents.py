"""Advice as it is searched: by whom may see it at the moment of searching."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from advice.models import SORTS, STATES, Advice
from advice.permissions import visible_advice
from groupware.directory.queries import circle
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable


def advice_documents(ids: Collection[int]) -> Iterator[Document]:
    for each in db.session.scalars(select(Advice).where(Advice.id.in_(ids))):
        said = (each.question, each.body, each.reason, each.effect, f"{SORTS[each.sort]} {each.author_name} {STATES[each.state]}")
        yield Document(each.ref, circle(Advice.kind, each.id), each.created_at, "\n".join(filter(None, said)), each.title, each.author_id,
                       tuple(f"measure:{code}" for code in each.codes))


def audiences(actor: Actor) -> list[str]:
    return [circle(Advice.kind, number) for number in db.session.scalars(visible_advice(actor))]


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Advice.id).where(Advice.id > after).order_by(Advice.id).limit(limit)))


FINDABLE = Findable(("助言", "提言", "advice"), "advice", advice_documents, _ids)
