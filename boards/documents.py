"""Notices as they are searched. Who may find one is asked at every search: the circle is the notice itself."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from boards.models.notices import OPEN, Notice
from boards.permissions import visible_notices
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref


def documents(notice_ids: Collection[int]) -> Iterator[Document]:
    for notice in db.session.scalars(select(Notice).where(Notice.id.in_(notice_ids), Notice.state == OPEN)):
        labels = [f"board:{notice.strength}", *([f"measure:{notice.measure}"] if notice.measure else []), *(["has:file"] if notice.files else [])]
        yield Document(Ref("boards.notice", notice.id), _circle(notice.id), notice.published_at or notice.created_at, notice.plain, notice.title,
                       notice.author_id, tuple(labels))


def audiences(actor: Actor) -> list[str]:
    return [_circle(notice_id) for notice_id in db.session.scalars(visible_notices(actor).where(Notice.state == OPEN))]


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Notice.id).where(Notice.id > after, Notice.state == OPEN).order_by(Notice.id).limit(limit)))


def _circle(notice_id: int) -> str:
    return f"boards.notice:{notice_id}"


FINDABLE = Findable(("お知らせ", "掲示板", "notice"), "board", documents, _ids)
