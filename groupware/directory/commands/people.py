"""People and where they sit."""
from datetime import date, timedelta

from sqlalchemy import delete, insert, or_, select

from groupware.directory.events import (
    AssignmentChanged,
    PersonChanged,
    PersonCreated,
    PersonDisabled,
    PersonEnabled,
    RoleGranted,
    RoleTaken,
)
from groupware.directory.forms import PersonDraft, PlaceDraft
from groupware.directory.models import ACTIVE, DEPARTED, DISABLED, MAIN, ROLES, Assignment, Post, Role, StaffKind, Unit, User
from groupware.directory.permissions import Directory
from groupware.directory.queries.people import user_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid

FIELDS = ("family_name", "given_name", "family_kana", "given_kana", "email", "extension")
KINDS = {"特別職": False, "正職員": False, "再任用": False, "任期付": False, "会計年度任用": False, "出向": False, "外部": True}


@command(Directory.KEEP)
def create_person(actor: Actor, draft: PersonDraft) -> int:
    """The person's id. A staff number that was ever used is refused."""
    if db.session.scalar(select(User.id).where(User.staff_number == draft.staff_number)):
        raise Conflict(f"職員番号 {draft.staff_number} はすでに使われています。退職した人の番号も、もう一度は使えません。")
    user = User(staff_number=draft.staff_number, kind_id=kind_id(draft.kind), state=ACTIVE, search_key=draft.search_key, created_at=clock.now(),
                **{name: getattr(draft, name) for name in FIELDS})
    db.session.add(user)
    db.session.flush()
    record(actor, PersonCreated(user.id, user.staff_number))
    return user.id


@command(Directory.KEEP, on=user_for)
def change_person(actor: Actor, user: User, draft: PersonDraft) -> None:
    """Everything but the staff number, which stays with the person for ever."""
    new = {name: getattr(draft, name) for name in FIELDS} | {"kind_id": kind_id(draft.kind)}
    before = {name: str(getattr(user, name)) for name, value in new.items() if getattr(user, name) != value}
    if not before:
        raise Already(None)
    for name, value in new.items():
        setattr(user, name, value)
    user.search_key = draft.search_key
    record(actor, PersonChanged(user.id, before))


@command(Directory.KEEP, on=user_for)
def disable_person(actor: Actor, user: User) -> None:
    _close(actor, user, DISABLED)


@command(Directory.KEEP, on=user_for)
def mark_departed(actor: Actor, user: User) -> None:
    """Retired, or the term is over: assignments end today, the number is never given again."""
    _close(actor, user, DEPARTED)
    for assignment in db.session.scalars(select(Assignment).where(Assignment.user_id == user.id, Assignment.ends_on.is_(None))):
        assignment.ends_on = max(clock.today(), assignment.starts_on)


@command(Directory.KEEP, on=user_for)
def enable_person(actor: Actor, user: User) -> None:
    if user.state == ACTIVE:
        raise Already(None)
    user.state = ACTIVE
    record(actor, PersonEnabled(user.id))


@command(Directory.KEEP, on=user_for)
def assign(actor: Actor, user: User, draft: PlaceDraft) -> int:
    """The assignment's id. A new 主務 ends the one before on the day before it begins: there is exactly one at a time."""
    starts = draft.starts_on or clock.today()
    unit_id = db.session.scalar(select(Unit.id).where(Unit.code == draft.unit_code))
    if unit_id is None:
        raise Invalid(unit_code=f"所属コード {draft.unit_code} が見つかりません。")
    if draft.nature == MAIN:
        _end_main(user, starts)
    made = Assignment(user_id=user.id, unit_id=unit_id, nature=draft.nature, post_id=post_id(draft.post), starts_on=starts)
    db.session.add(made)
    db.session.flush()
    record(actor, AssignmentChanged(user.id, made.id, unit_id))
    return made.id


@command(Directory.KEEP, on=user_for)
def end_assignment(actor: Actor, user: User, assignment_id: int, ends_on: date) -> None:
    assignment = db.session.get(Assignment, assignment_id)
    if assignment is None or assignment.user_id != user.id or ends_on < assignment.starts_on:
        raise Invalid("終わりの日を確かめてください。")
    assignment.ends_on = ends_on
    record(actor, AssignmentChanged(user.id, assignment.id, assignment.unit_id))


@command(Directory.KEEP, on=user_for)
def grant_role(actor: Actor, user: User, role: str) -> None:
    if role not in ROLES:
        raise Invalid(role="その役割はありません。")
    if db.session.get(Role, (user.id, role)):
        raise Already(None)
    db.session.add(Role(user_id=user.id, role=role))
    record(actor, RoleGranted(user.id, role))


@command(Directory.KEEP, on=user_for)
def take_role(actor: Actor, user: User, role: str) -> None:
    """The last administrator stays."""
    if not db.session.get(Role, (user.id, role)):
        raise Already(None)
    others = db.session.scalars(select(Role.user_id).join(User, User.id == Role.user_id).where(Role.role == role, User.state == ACTIVE, User.id != user.id))
    if role == "administrator" and not others.first():
        raise Conflict("最後の管理者です。先に別の人を管理者にしてください。")
    db.session.execute(delete(Role).where(Role.user_id == user.id, Role.role == role))
    record(actor, RoleTaken(user.id, role))


def kind_id(name: str) -> int:
    """Of a staff kind; the usual ones come into being when they are first named."""
    found = db.session.scalar(select(StaffKind.id).where(StaffKind.name == name))
    if found is None and name not in KINDS:
        raise Invalid(kind=f"職員の区分「{name}」はありません（{'・'.join(KINDS)}）。")
    return found or _new_id(StaffKind, name=name, outside=KINDS[name], position=list(KINDS).index(name))


def post_id(name: str) -> int | None:
    """Of a post; a new name is a new post, ranked after the known ones."""
    if not name:
        return None
    found = db.session.scalar(select(Post.id).where(Post.name == name))
    return found or _new_id(Post, name=name, rank=RANKS.get(name, 90))


def _new_id(thing: type[StaffKind] | type[Post], **values: object) -> int:
    return db.session.execute(insert(thing).values(**values).returning(thing.id)).scalar_one()


def _close(actor: Actor, user: User, state: str) -> None:
    if user.state == state:
        raise Already(None)
    if user.id == actor.user_id:
        raise Conflict("自分自身は停止できません。別の管理者に頼んでください。")
    user.state = state
    record(actor, PersonDisabled(user.id, state))


def _end_main(user: User, starts: date) -> None:
    """Raises Invalid where a 主務 begins on that day or after it."""
    over = or_(Assignment.ends_on.is_(None), Assignment.ends_on >= starts)
    for before in db.session.scalars(select(Assignment).where(Assignment.user_id == user.id, Assignment.nature == MAIN, over)):
        if before.starts_on >= starts:
            raise Invalid(starts_on=f"{before.starts_on.isoformat()} から別の主務があります。主務は同時に一つだけです。")
        before.ends_on = starts - timedelta(days=1)
    db.session.flush()


RANKS = {name: rank for rank, name in enumerate((
    "市長", "副市長", "教育長", "CIO補佐官", "部長", "局長", "消防長", "会計管理者", "次長", "参事", "課長", "署長", "所長", "館長", "園長", "課長補佐", "主幹",
    "係長", "主査", "主任", "主事", "技師", "保健師", "保育士", "司書", "指導主事", "書記", "徴収専門員", "事務補助員", "DXアドバイザー"), start=1)}
