"""Login sessions end here and nowhere else, each with the row that tells every web process to cut its connections."""
from sqlalchemy import ColumnElement, select

from groupware.auth.events import SessionsEnded
from groupware.auth.models import LoginSession, Revocation
from groupware.auth.permissions import Auth
from groupware.auth.queries import holder_for, session_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record

SIGNED_OUT, REPLACED, ENDED, EXPIRED = "signed-out", "replaced", "ended", "expired"
PASSWORD_CHANGED, PASSWORD_ISSUED, PERSON_GONE = "password-changed", "password-issued", "person-gone"


@command(Auth.END, on=session_for)
def end_session(actor: Actor, session: LoginSession, reason: str = ENDED) -> None:
    end(LoginSession.id == session.id, reason=reason)
    record(actor, SessionsEnded(session.user_id, (session.id,), reason))


@command(Auth.END_ALL, on=holder_for)
def end_sessions(actor: Actor, user_id: int) -> int:
    """All of the person's but the one that asks; returns how many."""
    ended = end(LoginSession.user_id == user_id, LoginSession.id != (actor.session_id or 0), reason=ENDED)
    record(actor, SessionsEnded(user_id, tuple(ended), ENDED))
    return len(ended)


def end(*which: ColumnElement[bool], reason: str) -> list[int]:
    """Inside a command or a reaction *within* one. Returns the ids that were open."""
    found = list(db.session.scalars(select(LoginSession).where(LoginSession.ended_at.is_(None), *which)))
    for session in found:
        session.ended_at, session.end_reason = clock.now(), reason
        db.session.add(Revocation(at=clock.now(), user_id=session.user_id, session_id=session.id, reason=reason))
    return [session.id for session in found]


def end_everything_of(user_id: int, reason: str) -> list[int]:
    """And connections whose session is not known are cut too."""
    db.session.add(Revocation(at=clock.now(), user_id=user_id, session_id=None, reason=reason))
    return end(LoginSession.user_id == user_id, reason=reason)
