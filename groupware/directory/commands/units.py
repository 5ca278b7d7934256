"""Units: made, renamed, moved, closed; each change from a day on, and what was before stays answerable."""
from datetime import date, timedelta

from sqlalchemy import or_, select

from groupware.directory.commands.lists import known_unit_kind
from groupware.directory.events import UnitChanged, UnitClosed, UnitCreated, UnitReopened
from groupware.directory.forms import UnitDraft
from groupware.directory.models import Assignment, Unit, UnitVersion
from groupware.directory.permissions import Directory
from groupware.directory.queries.units import unit_history, units_by_id, valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound

ALWAYS = date(1947, 4, 17)      # 地方自治法: since when there are city halls as we know them. From when on a unit stands of which nobody says more
ONE_DAY = timedelta(days=1)
FIELDS = ("name", "kind", "authority", "position", "parent_id")


def unit_row(_: Actor, unit_id: int) -> Unit:
    """Raises NotFound."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit


@command(Directory.KEEP)
def create_unit(actor: Actor, draft: UnitDraft) -> int:
    """The unit's id; its parent must be there already."""
    if db.session.scalar(select(Unit.id).where(Unit.code == draft.code)):
        raise Conflict(f"所属コード {draft.code} はすでにあります。なくなった組織のコードも、もう一度は使えません。")
    unit = Unit(code=draft.code)
    db.session.add(unit)
    db.session.flush()
    db.session.add(_version(unit.id, draft, draft.starts_on or ALWAYS))
    record(actor, UnitCreated(unit.id, unit.code))
    return unit.id


@command(Directory.KEEP, on=unit_row)
def change_unit(actor: Actor, unit: Unit, draft: UnitDraft) -> None:
    """From ``starts_on`` (today when not given) on it is called so and stands there; booked changes after that day stay."""
    starts = draft.starts_on or clock.today()
    now, new = _current(unit.id, starts), _version(unit.id, draft, starts)
    changes = tuple((name, str(getattr(now, name)), str(getattr(new, name))) for name in FIELDS if getattr(now, name) != getattr(new, name))
    if not changes:
        raise Already(None)
    _replace(now, new)
    _refuse_circle(unit.id, starts)
    record(actor, UnitChanged(unit.id, starts.isoformat(), changes))


@command(Directory.KEEP, on=unit_row)
def close_unit(actor: Actor, unit: Unit, ends_on: date) -> None:
    """``ends_on`` is its last day. Refused while somebody sits there, or a unit stands below it, after that day."""
    now = _current(unit.id, ends_on)
    if now.ends_on == ends_on:
        raise Already(None)
    if now.ends_on:
        raise Conflict(f"{(now.ends_on + ONE_DAY).isoformat()} からの変更が予約されています。先にそちらを取り消してください。")
    _refuse_left_behind(unit.id, ends_on)
    now.ends_on = ends_on
    record(actor, UnitClosed(unit.id, ends_on.isoformat()))


@command(Directory.KEEP, on=unit_row)
def reopen_unit(actor: Actor, unit: Unit) -> None:
    """The closing was a mistake: it goes on as it was."""
    last = unit_history(unit.id)[-1]
    if last.ends_on is None:
        raise Already(None)
    last.ends_on = None
    record(actor, UnitReopened(unit.id))


def _version(unit_id: int, draft: UnitDraft, starts: date) -> UnitVersion:
    return UnitVersion(unit_id=unit_id, parent_id=_parent(draft, starts), name=draft.name, kind=known_unit_kind(draft.kind),
                       authority=draft.authority, position=draft.position, starts_on=starts)


def _parent(draft: UnitDraft, starts: date) -> int | None:
    if not draft.parent_code:
        return None
    found = db.session.scalar(select(Unit.id).join(UnitVersion, UnitVersion.unit_id == Unit.id)
                              .where(Unit.code == draft.parent_code, valid_on(UnitVersion, starts)))
    if found is None:
        raise Invalid(parent_code=f"上の所属のコード {draft.parent_code} は、{starts.isoformat()} の時点で見つかりません。")
    return found


def _current(unit_id: int, day: date) -> UnitVersion:
    found = db.session.scalar(select(UnitVersion).where(UnitVersion.unit_id == unit_id, valid_on(UnitVersion, day)))
    if found is None:
        raise Invalid(starts_on=f"この組織は、{day.isoformat()} の時点ではありません。")
    return found


def _replace(now: UnitVersion, new: UnitVersion) -> None:
    """``new`` takes the rest of ``now``'s time; all of it when both begin on the same day."""
    if now.starts_on == new.starts_on:
        for name in FIELDS:
            setattr(now, name, getattr(new, name))
    else:
        new.ends_on, now.ends_on = now.ends_on, new.starts_on - ONE_DAY
        db.session.flush()          # at no moment two versions without an end
        db.session.add(new)
    db.session.flush()


def _refuse_circle(unit_id: int, starts: date) -> None:
    """On that day and on every later one on which something is booked, the way up must end. Raises Invalid, and all is undone."""
    booked = db.session.scalars(select(UnitVersion.starts_on).where(UnitVersion.starts_on > starts).distinct())
    for day in [starts, *booked]:
        parents = {node.id: node.parent_id for node in units_by_id(day).values()}
        step, way = parents.get(unit_id), {unit_id}
        while step is not None and step not in way:
            way.add(step)
            step = parents.get(step)
        if step is not None:
            raise Invalid(parent_code="自分の下にある所属を、上の所属にはできません。")


def _refuse_left_behind(unit_id: int, last_day: date) -> None:
    sits = db.session.scalar(select(Assignment.id).where(
        Assignment.unit_id == unit_id, or_(Assignment.ends_on.is_(None), Assignment.ends_on > last_day)).limit(1))
    below = db.session.scalar(select(UnitVersion.id).where(
        UnitVersion.parent_id == unit_id, or_(UnitVersion.ends_on.is_(None), UnitVersion.ends_on > last_day)).limit(1))
    if sits or below:
        raise Conflict(f"この組織には、{last_day.isoformat()} より後にも職員か下の組織があります。先に移してください。")
