"""What a section put up in a week."""
from collections.abc import Iterator

from sqlalchemy import select

from boards.models.notices import OPEN, STRENGTHS, Notice
from boards.permissions import visible_notices
from groupware.directory.queries import circle
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Happened, Week
from groupware.ui.paths import path_for

MOST = 20


def notices_of_week(actor: Actor, week: Week) -> Iterator[Happened]:
    senders = [circle(kind, unit) for unit in week.units for kind in ("unit", "below")]
    asked = select(Notice.id, Notice.title, Notice.strength, Notice.sender_name, Notice.published_at).where(
        Notice.published_at >= week.since, Notice.published_at < week.until, Notice.sender.in_(senders), Notice.state == OPEN,
        Notice.id.in_(visible_notices(actor)))
    for row in db.session.execute(asked.order_by(Notice.published_at).limit(MOST)):
        about = f"お知らせ（{STRENGTHS[row.strength][0]}）・{row.sender_name}"
        yield Happened("board", row.title, path_for("boards.notice", notice_id=row.id), about, row.published_at)
