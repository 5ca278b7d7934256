"""Advice as it is searched: by whom may see it at the moment of searching."""
from collections.abc import Collection, Iterator

from sqlalchemy import literal, select, union_all

from advice.models import COMMISSIONS, SORTS, STATES, Advice, Commission
from advice.permissions import visible_advice, visible_commissions
from groupware.directory.queries import circle
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable


def advice_documents(ids: Collection[int]) -> Iterator[Document]:
    for each in db.session.scalars(select(Advice).where(Advice.id.in_(ids))):
        said = (each.question, each.body, each.reason, each.effect, f"{SORTS[each.sort]} {each.author_name} {STATES[each.state]}")
        yield Document(each.ref, circle(Advice.kind, each.id), each.created_at, "\n".join(filter(None, said)), each.title, each.author_id,
                       tuple(f"measure:{code}" for code in each.codes))


def commission_documents(ids: Collection[int]) -> Iterator[Document]:
    """What the adviser reads too: not why they were named."""
    for each in db.session.scalars(select(Commission).where(Commission.id.in_(ids))):
        said = (each.affiliation, each.field, f"DXアドバイザー 委嘱 {COMMISSIONS[each.state]} {each.order_number}")
        yield Document(each.ref, circle(Commission.kind, each.id), each.changed_at, "\n".join(filter(None, said)), each.name, each.user_id)


def audiences(actor: Actor) -> list[str]:
    """One question for both."""
    both = union_all(visible_advice(actor).add_columns(literal(Advice.kind)), visible_commissions(actor).add_columns(literal(Commission.kind)))
    return [circle(kind, number) for number, kind in db.session.execute(both)]


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Advice.id).where(Advice.id > after).order_by(Advice.id).limit(limit)))


def _commission_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Commission.id).where(Commission.id > after).order_by(Commission.id).limit(limit)))


FINDABLE = Findable(("助言", "提言", "advice"), "advice", advice_documents, _ids)
COMMISSIONED = Findable(("委嘱", "commission"), "guest", commission_documents, _commission_ids, lasting=True)
