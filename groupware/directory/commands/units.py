"""Units: made, renamed, moved, closed; each change from a day on, and what was before stays answerable."""
from datetime import date, timedelta

from sqlalchemy import select

from groupware.directory.events import UnitChanged, UnitClosed, UnitCreated
from groupware.directory.forms import UnitDraft
from groupware.directory.models import Assignment, Unit, UnitVersion
from groupware.directory.permissions import Directory
from groupware.directory.queries.units import unit_tree, valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound

LONG_AGO = date(2005, 4, 1)


def unit_row(_: Actor, unit_id: int) -> Unit:
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit


@command(Directory.KEEP)
def create_unit(actor: Actor, draft: UnitDraft) -> int:
    """The unit's id; its parent must be there already."""
    if db.session.scalar(select(Unit.id).where(Unit.code == draft.code)):
        raise Conflict(f"所属コード {draft.code} はすでにあります。")
    unit = Unit(code=draft.code)
    db.session.add(unit)
    db.session.flush()
    db.session.add(_version(unit.id, draft, draft.starts_on or LONG_AGO))
    record(actor, UnitCreated(unit.id, unit.code))
    return unit.id


@command(Directory.KEEP, on=unit_row)
def change_unit(actor: Actor, unit: Unit, draft: UnitDraft) -> None:
    """From ``starts_on`` (today when not given) on it is called so and stands there."""
    starts = draft.starts_on or clock.today()
    now = _current(unit.id, starts)
    new = _version(unit.id, draft, starts)
    if _says(now) == _says(new):
        raise Already(None)
    _refuse_circle(unit.id, new.parent_id, starts)
    if now.starts_on == starts:
        now.name, now.kind, now.authority, now.position, now.parent_id = new.name, new.kind, new.authority, new.position, new.parent_id
    else:
        new.ends_on, now.ends_on = now.ends_on, starts - timedelta(days=1)
        db.session.flush()
        db.session.add(new)
    record(actor, UnitChanged(unit.id, starts.isoformat()))


@command(Directory.KEEP, on=unit_row)
def close_unit(actor: Actor, unit: Unit, ends_on: date) -> None:
    """``ends_on`` is its last day. Refused while somebody sits there or a unit stands below it after that day."""
    after = ends_on + timedelta(days=1)
    sits = db.session.scalar(select(Assignment.id).where(Assignment.unit_id == unit.id, valid_on(Assignment, after)).limit(1))
    below = db.session.scalar(select(UnitVersion.id).where(UnitVersion.parent_id == unit.id, valid_on(UnitVersion, after)).limit(1))
    if sits or below:
        raise Conflict("この所属には、まだ職員か下の所属があります。先に移してください。")
    _current(unit.id, ends_on).ends_on = ends_on
    record(actor, UnitClosed(unit.id, ends_on.isoformat()))


def _version(unit_id: int, draft: UnitDraft, starts: date) -> UnitVersion:
    return UnitVersion(unit_id=unit_id, parent_id=_parent(draft), name=draft.name, kind=draft.kind, authority=draft.authority,
                       position=draft.position, starts_on=starts)


def _parent(draft: UnitDraft) -> int | None:
    if not draft.parent_code:
        return None
    found = db.session.scalar(select(Unit.id).where(Unit.code == draft.parent_code))
    if found is None:
        raise Invalid(parent_code=f"上の所属のコード {draft.parent_code} が見つかりません。")
    return found


def _current(unit_id: int, day: date) -> UnitVersion:
    found = db.session.scalar(select(UnitVersion).where(UnitVersion.unit_id == unit_id, valid_on(UnitVersion, day)))
    if found is None:
        raise Invalid(starts_on="その日には、この所属はありません。")
    return found


def _says(version: UnitVersion) -> tuple[object, ...]:
    return version.name, version.kind, version.authority, version.position, version.parent_id


def _refuse_circle(unit_id: int, parent_id: int | None, day: date) -> None:
    below = {node.id for root in unit_tree(day) for unit in root.walk() if unit.id == unit_id for node in unit.walk()}
    if parent_id in below:
        raise Invalid(parent_code="自分の下にある所属を、上の所属にはできません。")
