"""Who may do what at the door. Nobody, not even an administrator, issues a password for themself: that would spare the old one."""
from collections.abc import Callable
from typing import Any

from groupware.auth.models import LoginSession
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission

STRANGER = Actor(user_id=0, name="（サインイン前）")


class Auth(Permission):
    ENTER = "サインインする"
    FAIL = "サインインの失敗を記録する"
    END = "サインインを終わらせる"
    END_ALL = "ほかのサインインをすべて終わらせる"
    CHANGE = "自分のパスワードを変える"
    MANAGE = "ほかの人のサインインとパスワードを管理する"
    ISSUE = "初めのパスワードを発行する"
    PROVE = "確認コードを示す"
    SET_FACTOR = "自分の確認コードを準備する・やめる"
    RESET_FACTOR = "ほかの人の確認コードを取り消す"
    FOUND = "市と最初の管理者を登録する"


def is_person(actor: Actor, _: object) -> bool:
    return actor.user_id > 0


def is_anyone(_: Actor, __: object) -> bool:
    return True


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


def can_manage(actor: Actor, _: object) -> bool:
    return actor.has("administrator") or actor.has("system")


def can_end(actor: Actor, session: LoginSession) -> bool:
    return can_end_all(actor, session.user_id)


def can_end_all(actor: Actor, user_id: int) -> bool:
    return user_id == actor.user_id or can_manage(actor, None)


def can_issue(actor: Actor, user_id: int) -> bool:
    return can_manage(actor, None) and user_id != actor.user_id


RULES: dict[Permission, Callable[[Actor, Any], bool]] = {
    Auth.ENTER: is_person, Auth.FAIL: is_anyone, Auth.END: can_end, Auth.END_ALL: can_end_all, Auth.CHANGE: is_person,
    Auth.MANAGE: can_manage, Auth.ISSUE: can_issue, Auth.FOUND: is_system,
    Auth.PROVE: is_person, Auth.SET_FACTOR: is_person, Auth.RESET_FACTOR: can_issue,
}
