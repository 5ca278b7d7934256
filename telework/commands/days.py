"""Saying where one works."""
from collections.abc import Iterable

from sqlalchemy import delete

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from telework.events import PlaceSaid
from telework.forms import PlaceDraft
from telework.models.days import HOME, Day
from telework.permissions import Telework


@command(Telework.SAY)
def say_place(actor: Actor, draft: PlaceDraft) -> None:
    """For oneself only. What was said of these halves before is forgotten: no history of whereabouts is kept."""
    forget(actor.user_id, draft)
    if draft.place:
        db.session.add_all(_rows(actor.user_id, draft))
    record(actor, PlaceSaid(actor.user_id, draft.first.isoformat(), draft.last.isoformat()))


def put_home(user_id: int, draft: PlaceDraft) -> None:
    """An application that was granted says it for its owner."""
    forget(user_id, draft)
    db.session.add_all(_rows(user_id, draft))


def forget(user_id: int, draft: PlaceDraft, *, only_home: bool = False) -> None:
    gone = delete(Day).where(Day.user_id == user_id, Day.on_date >= draft.first, Day.on_date <= draft.last, Day.half.in_(draft.halves))
    db.session.execute(gone.where(Day.place == HOME) if only_home else gone)


def _rows(user_id: int, draft: PlaceDraft) -> Iterable[Day]:
    return (Day(user_id=user_id, on_date=day, half=half, place=draft.place, reach=draft.reach, note=draft.note, at=clock.now())
            for day in draft.days() if day.weekday() < 5 or draft.first == draft.last for half in draft.halves)
