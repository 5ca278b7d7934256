"""People: registered, changed, stopped, departed; and the roles they hold in this program."""
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from groupware.directory.commands.lists import staff_kind_id
from groupware.directory.commands.places import assign_person, leave_all
from groupware.directory.events import PersonChanged, PersonCreated, PersonDisabled, PersonEnabled, RoleGranted, RoleTaken
from groupware.directory.forms import PersonDraft, PlaceDraft
from groupware.directory.models import ACTIVE, ADMINISTRATOR, DEPARTED, DISABLED, ROLES, Role, StaffKind, User
from groupware.directory.permissions import Directory
from groupware.directory.queries.people import roles_of, user_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid

FIELDS = ("family_name", "given_name", "family_kana", "given_kana", "email", "extension")


@command(Directory.KEEP)
def hire_person(actor: Actor, draft: PersonDraft, place: PlaceDraft) -> int:
    """Somebody new and where they sit, in one deed. The person's id."""
    user_id = create_person(actor, draft)
    assign_person(actor, user_id, place)
    return user_id


@command(Directory.KEEP)
def create_person(actor: Actor, draft: PersonDraft) -> int:
    """The person's id. A staff number that was ever used is refused."""
    if db.session.scalar(select(User.id).where(User.staff_number == draft.staff_number)):
        raise Conflict(f"職員番号 {draft.staff_number} はすでに使われています。退職した人の番号も、もう一度は使えません。")
    user = User(**new_row(draft, staff_kind_id(draft.kind)))
    db.session.add(user)
    db.session.flush()
    record(actor, PersonCreated(user.id, user.staff_number))
    return user.id


@command(Directory.KEEP, on=user_for)
def change_person(actor: Actor, user: User, draft: PersonDraft) -> None:
    """Everything but the staff number, which stays with the person for ever."""
    if draft.staff_number != user.staff_number:
        raise Invalid(staff_number="職員番号は変えられません。")
    new = {name: getattr(draft, name) for name in FIELDS} | {"kind_id": staff_kind_id(draft.kind)}
    changes = tuple((name, _said(name, getattr(user, name)), _said(name, value)) for name, value in new.items() if getattr(user, name) != value)
    if not changes:
        raise Already(None)
    for name, value in new.items():
        setattr(user, name, value)
    user.search_key = draft.search_key
    record(actor, PersonChanged(user.id, changes))


@command(Directory.KEEP, on=user_for)
def disable_person(actor: Actor, user: User) -> None:
    """A leave, a suspicion: no door opens, but the person keeps their place."""
    _close(user, actor, DISABLED)


@command(Directory.KEEP, on=user_for)
def mark_departed(actor: Actor, user: User, last_day: date | None = None) -> None:
    """Retired, or the term is over: places and roles end, the number is never given again."""
    last = last_day or clock.today()
    if last > clock.today():
        raise Invalid(last_day="退職の日は、今日までの日にしてください。")
    _close(user, actor, DEPARTED)
    leave_all(user, actor, last)
    for role in roles_of(user.id):
        _take(user, actor, role)


@command(Directory.KEEP, on=user_for)
def enable_person(actor: Actor, user: User) -> None:
    """Whoever had departed comes back without a place: give them one."""
    if user.state == ACTIVE:
        raise Already(None)
    user.state = ACTIVE
    record(actor, PersonEnabled(user.id))


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
    if role == ADMINISTRATOR:
        _refuse_last_administrator(user)
    _take(user, actor, role)


def new_row(draft: PersonDraft, kind_id: int) -> dict[str, Any]:
    """What a person's row holds at first."""
    return {"staff_number": draft.staff_number, "kind_id": kind_id, "state": ACTIVE, "search_key": draft.search_key, "created_at": clock.now(),
            **{name: getattr(draft, name) for name in FIELDS}}


def _said(name: str, value: object) -> str:
    if name != "kind_id":
        return str(value)
    return db.session.scalar(select(StaffKind.name).where(StaffKind.id == value)) or ""


def _close(user: User, actor: Actor, state: str) -> None:
    if user.state == state:
        raise Already(None)
    if user.id == actor.user_id:
        raise Conflict("自分自身は停止できません。別の管理者に頼んでください。")
    user.state = state
    record(actor, PersonDisabled(user.id, state))


def _take(user: User, actor: Actor, role: str) -> None:
    db.session.execute(delete(Role).where(Role.user_id == user.id, Role.role == role))
    record(actor, RoleTaken(user.id, role))


def _refuse_last_administrator(user: User) -> None:
    others = (select(Role.user_id).join(User, User.id == Role.user_id)
              .where(Role.role == ADMINISTRATOR, User.state == ACTIVE, User.id != user.id).limit(1))
    if not db.session.scalar(others):
        raise Conflict("最後の管理者です。先に別の人を管理者にしてください。")
