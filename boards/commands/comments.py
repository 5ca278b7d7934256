"""お尋ねと答え under a notice."""
from sqlalchemy import select, update

from boards.events import CommentPosted, CommentRemoved
from boards.forms import CommentDraft
from boards.models.notices import Comment, Notice
from boards.models.receipts import Receipt
from boards.permissions import Boards, Remark, Sheet, can_answer
from boards.queries.sheets import remark_for, sheet_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record


@command(Boards.COMMENT, on=sheet_for)
def post_comment(actor: Actor, sheet: Sheet, draft: CommentDraft) -> int:
    """What the sending side says is marked as its answer."""
    comment = Comment(notice_id=sheet.notice.id, author_id=actor.user_id, author_name=actor.name, author_label=actor.label,
                      author_seal=actor.seal or actor.name[:2], outside=actor.outside, answer=can_answer(actor, sheet), body=draft.body,
                      html=draft.rendered.html, plain=draft.rendered.plain, at=clock.now())
    db.session.add(comment)
    db.session.flush()
    _count(sheet.notice.id)
    record(actor, CommentPosted(comment.id, sheet.notice.id, actor.user_id, comment.answer, _holding(sheet, draft.mentioned)))
    return comment.id


@command(Boards.UNSAY, on=remark_for)
def remove_comment(actor: Actor, remark: Remark) -> None:
    """Its words are gone for the readers; that there was one stays."""
    comment = db.session.get_one(Comment, remark.comment_id)
    comment.deleted_at = clock.now()
    record(actor, CommentRemoved(comment.id, remark.sheet.notice.id))


def _holding(sheet: Sheet, mentioned: tuple[int, ...]) -> tuple[int, ...]:
    """A name written here tells nobody anything who does not hold the notice."""
    asked = select(Receipt.user_id).where(Receipt.notice_id == sheet.notice.id, Receipt.user_id.in_(mentioned), Receipt.gone_at.is_(None))
    return tuple(db.session.scalars(asked)) if mentioned else ()


def _count(notice_id: int) -> None:
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(comments=Notice.comments + 1)
                       .execution_options(synchronize_session=False))
