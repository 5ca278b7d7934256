"""The one sanctioned way to a notice: as a sheet in the hands of the person who asks."""
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from boards.models.notices import Comment, Notice
from boards.models.places import MANAGE, Board
from boards.models.receipts import Receipt
from boards.permissions import Remark, Sheet, can_see
from boards.queries.desks import verb_columns, verbs_of
from groupware.directory.queries import Standing, standing_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound


def sheet_for(actor: Actor, notice_id: int) -> Sheet:
    """Raises NotFound for a notice that does not exist or that the actor may not know of."""
    found = sheets_for(actor, [notice_id])
    if not found:
        raise NotFound
    return found[0]


def sheets_for(actor: Actor, notice_ids: Collection[int]) -> list[Sheet]:
    """Of these notices those that the actor may see. One query, and one about the actor. A command holds them."""
    db.hold(select(Notice.id).where(Notice.id.in_(notice_ids)).order_by(Notice.id).with_for_update(key_share=True), {})
    standing = standing_of(actor)
    rows = db.session.execute(_sheets(), {"notices": list(notice_ids), "me": actor.user_id, "mine": list(standing.circles)})
    sheets = [_sheet(row, standing) for row in rows]
    return [sheet for sheet in sheets if can_see(actor, sheet) or actor.has("system")]


def remark_for(actor: Actor, comment_id: int) -> Remark:
    comment = db.session.get(Comment, comment_id)
    if comment is None:
        raise NotFound
    return Remark(comment.id, comment.author_id, bool(comment.deleted_at), sheet_for(actor, comment.notice_id))


@cache
def _sheets() -> Select[Any]:
    mine = and_(Receipt.notice_id == Notice.id, Receipt.user_id == bindparam("me"))
    return (select(Notice, Board, Receipt, *verb_columns()).join(Board, Board.id == Notice.board_id).outerjoin(Receipt, mine)
            .where(Notice.id.in_(bindparam("notices", expanding=True))))


def _sheet(row: Any, standing: Standing) -> Sheet:
    verbs = verbs_of(row)
    sends = row.Notice.sender in standing.circles or MANAGE in verbs
    return Sheet(row.Notice, row.Board, row.Receipt, verbs, sends, standing.heads)
