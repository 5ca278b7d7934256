"""What the organisation and the calendar ask of notices: in the helper process, after every change of the directory and each minute."""
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from boards.commands.publishing import heed_approval, publish_booked
from boards.commands.receipts import address_notice, ask_again, close_notice, freeze_notice
from boards.commands.reminding import tell_unopened
from boards.commands.rendering import finish_rendering
from boards.commands.routes import chase_step
from boards.models.notices import BOOKED, OPEN, PRESSED, TELL, USUAL, Notice
from boards.models.receipts import Receipt
from boards.models.routes import GOING, HERE, Step
from groupware.directory.queries import directory_mark, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.holidays import is_closed
from groupware.kernel.markup import mentions, render_slowly
from groupware.kernel.memory import remembered

MORNING = 8     # o'clock: before the letters of the morning are written

_followed: dict[str, tuple[int | None, date]] = remembered({})


@dataclass(frozen=True, slots=True)
class ToAddress:
    """Effect: the notice's receipts are to be brought in line with its audience."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class OrganisationMoved:
    """Effect: somebody sits elsewhere, has come or gone."""


@dataclass(frozen=True, slots=True)
class ApprovalCame:
    """Effect: somebody has decided whether the notice is put up."""

    notice_id: int


@dataclass(frozen=True, slots=True)
class SlowMarkup:
    """Effect: the notice's Markdown is still to be rendered."""

    notice_id: int


def address(effect: ToAddress) -> None:
    address_notice(SYSTEM, effect.notice_id)
    ask_again(SYSTEM, effect.notice_id)


def heed(effect: ApprovalCame) -> None:
    heed_approval(SYSTEM, effect.notice_id)


def follow_all(_: OrganisationMoved | None = None) -> None:
    """Only what is up: what has ended keeps the people it had. A hundred changes of one list are followed once."""
    here = (db.session.scalar(select(directory_mark())), clock.today())
    if here[0] is not None and here == _followed.get("last"):
        return
    for notice_id in _up():
        address_notice(SYSTEM, notice_id)
    _followed["last"] = here


def render_now(effect: SlowMarkup) -> None:
    notice = db.session.get(Notice, effect.notice_id)
    if notice is None or not notice.slow:
        return
    names = {card.id: card.name for card in people_cards(mentions(notice.body)).values()}
    finish_rendering(SYSTEM, notice.id, render_slowly(notice.body, names), notice.version)


def keep_calendar() -> None:
    """Publishes what is booked for now, freezes what is due, closes what has ended; in the morning tells of what was not opened."""
    now = clock.now()
    for notice_id in _ids(Notice.state == BOOKED, Notice.starts_at <= now):
        publish_booked(SYSTEM, notice_id)
    for notice_id in _ids(Notice.state == OPEN, Notice.strength.in_(PRESSED), Notice.due_at <= now, Notice.frozen_at.is_(None), Notice.people > 0):
        freeze_notice(SYSTEM, notice_id)
    for notice_id in _ended_with_something_left():
        close_notice(SYSTEM, notice_id)
    for step_id in _overdue():
        chase_step(SYSTEM, step_id)
    for notice_id in _unopened(now.astimezone(clock.JST)):
        tell_unopened(SYSTEM, notice_id)


def _up() -> list[int]:
    return _ids(Notice.state == OPEN, or_(Notice.ends_at.is_(None), Notice.ends_at > clock.now()))


def _ended_with_something_left() -> list[int]:
    left = select(Receipt.notice_id).where(Receipt.waiting, Receipt.gone_at.is_(None))
    return _ids(Notice.state == OPEN, and_(Notice.ends_at.is_not(None), Notice.ends_at <= clock.now()), Notice.id.in_(left))


def _overdue() -> list[int]:
    """Steps with which it lies longer than it should."""
    late = (select(Step.id).join(Notice, and_(Notice.id == Step.notice_id, Notice.asked == Step.asked))
            .where(Notice.state == OPEN, Notice.route == GOING, Step.state == HERE, Step.due_at <= clock.now(), Step.chased_at.is_(None)))
    return list(db.session.scalars(late.order_by(Step.id)))


def _unopened(local: datetime) -> list[int]:
    """Up since the day before at the latest; of the mornings those on which the city hall is open."""
    if is_closed(local.date()) or local.hour < MORNING:
        return []
    up = or_(Notice.ends_at.is_(None), Notice.ends_at > local)
    return _ids(Notice.state == OPEN, Notice.strength == TELL, Notice.weight == USUAL, Notice.told_at.is_(None), up,
                Notice.published_at < datetime.combine(local.date(), time(0), clock.JST))


def _ids(*where: object) -> list[int]:
    column: InstrumentedAttribute[int] = Notice.id
    return list(db.session.scalars(select(column).where(*where).order_by(column)))       # type: ignore[arg-type]
