"""Opening a notice: a signal, merged and kept within a second. What 500 people do in the same minute."""
from collections import defaultdict
from typing import Any

from sqlalchemy import case, select, update

from boards.models.notices import TELL, Notice
from boards.models.receipts import Receipt
from boards.permissions import Boards, Sheet
from boards.queries.sheets import sheet_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.signals import Merged, signal
from groupware.notifications.queries import unread_refs
from groupware.notifications.reading import mark_seen

MOST_AT_ONCE = 500


@signal(Boards.SEE, on=sheet_for)
def mark_opened(actor: Actor, sheet: Sheet) -> None:
    """Only whom it is for; only once."""
    if sheet.addressed and sheet.receipt and sheet.receipt.opened_at is None:
        opened.put((sheet.notice.id, actor.user_id), clock.now())


def keep_opened(values: dict[tuple[int, int], Any]) -> None:
    """All of the last half second in one transaction."""
    by_notice: dict[int, list[int]] = defaultdict(list)
    for notice_id, user_id in values:
        by_notice[notice_id].append(user_id)
    db.write(lambda: _mark_all(by_notice))
    _forget_notices(set(values))
    db.forget_reading()


opened = Merged(keep_opened, merge=min)


def _mark_all(by_notice: dict[int, list[int]]) -> None:
    for notice_id, people in by_notice.items():
        _mark(notice_id, people)


def _mark(notice_id: int, people: list[int]) -> None:
    connection, now = db.unit().connection, clock.now()
    strength = connection.scalar(select(Notice.strength).where(Notice.id == notice_id))
    left = False if strength == TELL else Receipt.waiting
    for start in range(0, len(people), MOST_AT_ONCE):
        fresh = update(Receipt).where(Receipt.notice_id == notice_id, Receipt.user_id.in_(people[start:start + MOST_AT_ONCE]))
        connection.execute(fresh.values(opened_at=case((Receipt.opened_at.is_(None), now), else_=Receipt.opened_at), waiting=left))


def _forget_notices(values: set[tuple[int, int]]) -> None:
    """What has been opened counts as read in the stream of notices, too."""
    waiting = unread_refs({user_id for _, user_id in values}, "boards.notice")
    seen = [(user_id, ref) for user_id, ref in waiting if (ref.id, user_id) in values]
    if seen:
        mark_seen(seen)

