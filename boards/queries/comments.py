"""What was asked and answered under a notice."""
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from boards.models.notices import Comment, Notice
from groupware.kernel import db

SHOWN = 200


def comments_of(notice: Notice) -> list[Any]:
    """The newest two hundred, the oldest of them first, as plain rows; none asked for where there are none."""
    if not notice.comments:
        return []
    return list(db.session.execute(_newest(), {"notice": notice.id}))[::-1]


@cache
def _newest() -> Any:
    shown = (Comment.id, Comment.author_id, Comment.author_name, Comment.author_label, Comment.author_seal, Comment.outside, Comment.answer,
             Comment.html, Comment.at, Comment.deleted_at)
    return select(*shown).where(Comment.notice_id == bindparam("notice")).order_by(Comment.id.desc()).limit(SHOWN)
