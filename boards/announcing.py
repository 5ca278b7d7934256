"""Drafts of notices to all staff, for whoever has something to tell them: our answer to ``kernel.announcing.NoticeDesk``."""
from flask import url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from boards.commands.writing import draft_notice
from boards.forms import NoticeDraft
from boards.models.notices import DRAFT, Notice
from boards.queries.desks import desks_to_tell_all
from boards.queries.senders import senders_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.announcing import Announcement
from groupware.kernel.errors import Forbidden


class Drafts:
    def prepare(self, actor: Actor, said: Announcement) -> str:
        desks = desks_to_tell_all(actor)
        if not desks:
            raise Forbidden("全職員が読める掲示板に、お知らせを載せられません。掲示板を管理する人に頼んでください。")
        form = MultiDict({"title": said.title, "body": said.body, "to_all": "1", "sender": senders_of(actor)[0][0]})
        number = _waiting(actor, said.title) or draft_notice(actor, desks[0].board.id, NoticeDraft.parse(form))
        return url_for("boards.editing", notice_id=number)


def _waiting(actor: Actor, title: str) -> int | None:
    """What they have begun and not sent: their own changes stay."""
    asked = select(Notice.id).where(Notice.author_id == actor.user_id, Notice.state == DRAFT, Notice.title == title)
    return db.session.scalar(asked.order_by(Notice.id.desc()).limit(1))
