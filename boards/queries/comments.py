"""What was asked and answered under a notice."""
from sqlalchemy import select

from boards.models.notices import Comment, Notice
from groupware.kernel import db

SHOWN = 200


def comments_of(notice: Notice) -> list[Comment]:
    """The newest two hundred, the oldest of them first; none asked for where there are none."""
    if not notice.comments:
        return []
    newest = select(Comment).where(Comment.notice_id == notice.id).order_by(Comment.id.desc()).limit(SHOWN)
    return list(db.session.scalars(newest))[::-1]
