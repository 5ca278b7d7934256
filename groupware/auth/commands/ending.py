"""Ending a login session: one's own, another of one's own, or somebody's by an administrator."""
from groupware.auth.ending import ENDED, end
from groupware.auth.events import SessionsEnded
from groupware.auth.models import LoginSession
from groupware.auth.permissions import Auth
from groupware.auth.queries import holder_for, session_for
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record


@command(Auth.END, on=session_for)
def end_session(actor: Actor, session: LoginSession, reason: str = ENDED) -> None:
    if not end(LoginSession.id == session.id, reason=reason):
        raise Already(None)
    record(actor, SessionsEnded(session.user_id, (session.id,), reason))


@command(Auth.END_ALL, on=holder_for)
def end_sessions(actor: Actor, user_id: int) -> int:
    """All of the person's but the one that asks; returns how many."""
    ended = end(LoginSession.user_id == user_id, LoginSession.id != (actor.session_id or 0), reason=ENDED)
    record(actor, SessionsEnded(user_id, tuple(ended), ENDED))
    return len(ended)
