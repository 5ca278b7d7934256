"""Entries, the newest first."""
from datetime import datetime, time, timedelta

from sqlalchemy import Select, func, select

from groupware.audit.forms import REFUSED_ONLY, Sought
from groupware.audit.models import REFUSED, Entry
from groupware.kernel import clock, db
from groupware.kernel.house import house
from groupware.kernel.permissions import Permission

PAGE = 50
MOST_TAKEN = 20_000


def entries(sought: Sought, below: int | None = None, limit: int = PAGE) -> list[Entry]:
    """``below``: only those of a lower number, for the next page."""
    return list(db.session.scalars(_below(_asked(sought), below).limit(limit)))


def entries_of(user_id: int, below: int | None = None) -> list[Entry]:
    """What one has done oneself."""
    return list(db.session.scalars(_below(select(Entry).where(Entry.actor_id == user_id), below).limit(PAGE)))


def newest() -> int:
    return db.session.scalar(select(func.max(Entry.id))) or 0


def kinds() -> list[tuple[str, str]]:
    """(name, words) of everything that can stand in an entry."""
    return sorted(((name, event.words) for name, event in house.events.items() if event.words), key=lambda kind: kind[1])


def words_of(entry: Entry) -> str:
    """What was done; of what was refused, what was asked for."""
    if entry.result != REFUSED:
        return house.events[entry.event].words if entry.event in house.events else entry.event
    door = house.access.get(entry.event)
    return f"「{door.value}」を断られた" if isinstance(door, Permission) else "断られた"


def _asked(sought: Sought) -> Select[Entry]:
    asked = select(Entry)
    if sought.person:
        asked = asked.where(Entry.actor_name.contains(sought.person, autoescape=True))
    if sought.event:
        asked = asked.where(Entry.result == REFUSED if sought.event == REFUSED_ONLY else Entry.event == sought.event)
    if sought.about:
        asked = asked.where(Entry.about == sought.about)
    if sought.since:
        asked = asked.where(Entry.at >= datetime.combine(sought.since, time(), clock.JST))
    if sought.until:
        asked = asked.where(Entry.at < datetime.combine(sought.until + timedelta(days=1), time(), clock.JST))
    return asked


def _below(asked: Select[Entry], below: int | None) -> Select[Entry]:
    return (asked.where(Entry.id < below) if below else asked).order_by(Entry.id.desc())



def details(entry: Entry) -> str:
    """What an entry holds besides, as the program calls it; nothing that anybody has written stands in it."""
    return "、".join(f"{name} {value}" for name, value in entry.body.items() if value not in (None, "", [], False))[:300]
