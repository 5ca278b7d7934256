"""Saying where one works."""
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import delete, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from telework.events import PlaceSaid
from telework.forms import PlaceDraft
from telework.models.applications import GRANTED, HAD, OWN_HOME, Application
from telework.models.days import HOME, OUT, Day
from telework.permissions import Telework


@command(Telework.SAY)
def say_place(actor: Actor, draft: PlaceDraft) -> None:
    """For oneself only. What was said of these halves before is forgotten: no history of whereabouts is kept."""
    _forget(actor.user_id, draft.first, draft.last, draft.halves)
    if draft.place:
        db.session.add_all(_rows(actor.user_id, draft))
    record(actor, PlaceSaid(actor.user_id, draft.first.isoformat(), draft.last.isoformat()))


def tell_places(changed: Application, standing: Sequence[Application]) -> None:
    """The week of the section says 在宅 as soon as it is permitted, and no longer when it is taken back.

    ``standing``: what its owner has on that day, perhaps other hours in the same half. What they have said otherwise since stays.
    """
    place = _place_of(changed)
    _forget(changed.user_id, changed.on_date, changed.on_date, changed.halves, only=None if changed.state == GRANTED else place)
    otherwise = set(db.session.scalars(select(Day.half).where(Day.user_id == changed.user_id, Day.on_date == changed.on_date)))
    for half in set(changed.halves) - otherwise:
        had = [each for each in standing if each.state in HAD and half in each.halves]
        if had:
            note = "、".join(filter(None, map(_note_of, had)))
            db.session.add(Day(user_id=changed.user_id, on_date=changed.on_date, half=half, place=_place_of(had[-1]), reach="any", note=note,
                               at=clock.now()))


def _place_of(application: Application) -> str:
    return HOME if application.place == OWN_HOME else OUT


def _note_of(application: Application) -> str:
    """What all colleagues may know: the name of a branch office, never where somebody's family lives."""
    where = {OWN_HOME: "", "satellite": application.place_name}.get(application.place, "テレワーク")
    return " ".join(filter(None, (where, application.when if application.begins else "")))


def _forget(user_id: int, first: date, last: date, halves: Collection[str], only: str | None = None) -> None:
    gone = delete(Day).where(Day.user_id == user_id, Day.on_date >= first, Day.on_date <= last, Day.half.in_(halves))
    db.session.execute(gone.where(Day.place == only) if only else gone)


def _rows(user_id: int, draft: PlaceDraft) -> Iterable[Day]:
    return (Day(user_id=user_id, on_date=day, half=half, place=draft.place, reach=draft.reach, note=draft.note, at=clock.now())
            for day in draft.days() if day.weekday() < 5 or draft.first == draft.last for half in draft.halves)
