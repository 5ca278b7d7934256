"""Passwords change here. Whoever changes one, the person's other sessions end."""
from datetime import datetime, timedelta

from groupware.auth.ending import PASSWORD_CHANGED, PASSWORD_ISSUED, end, end_everything_of
from groupware.auth.events import PasswordChanged, PasswordIssued
from groupware.auth.models import LoginSession, Password
from groupware.auth.permissions import Auth
from groupware.auth.queries import holder_for
from groupware.auth.throttle import Purse, give_back
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record

INITIAL_LASTS = timedelta(days=14)      # an initial password lies on paper


@command(Auth.CHANGE)
def change_password(actor: Actor, new_hash: str, paid: tuple[Purse, ...] = ()) -> None:
    """One's own; the present one was asked for before. The session at hand stays."""
    _put(actor.user_id, new_hash, initial_until=None)
    end(LoginSession.user_id == actor.user_id, LoginSession.id != (actor.session_id or 0), reason=PASSWORD_CHANGED)
    give_back(list(paid))
    record(actor, PasswordChanged(actor.user_id))


@command(Auth.ISSUE, on=holder_for)
def issue_password(actor: Actor, user_id: int, initial_hash: str) -> None:
    """The first password, or a reset: it opens only the page that changes it."""
    _put(user_id, initial_hash, initial_until=clock.now() + INITIAL_LASTS)
    end_everything_of(user_id, PASSWORD_ISSUED)
    record(actor, PasswordIssued(user_id))


def _put(user_id: int, new_hash: str, initial_until: datetime | None) -> None:
    db.session.merge(Password(user_id=user_id, hash=new_hash, changed_at=clock.now(), initial_until=initial_until))
