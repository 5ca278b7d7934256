"""Login sessions end here and nowhere else, each with the row that tells every web process to cut its connections.

Called inside a command, or by a reaction *within* one.
"""
from sqlalchemy import ColumnElement, select

from groupware.auth.models import LoginSession, Revocation
from groupware.kernel import clock, db

SIGNED_OUT, REPLACED, ENDED, EXPIRED = "signed-out", "replaced", "ended", "expired"
PASSWORD_CHANGED, PASSWORD_ISSUED, PERSON_GONE, RESTORED, FACTOR_REMOVED = (
    "password-changed", "password-issued", "person-gone", "restored", "factor-removed")


def end(*which: ColumnElement[bool], reason: str) -> list[int]:
    """Returns the ids of those that were open."""
    found = list(db.session.scalars(select(LoginSession).where(LoginSession.ended_at.is_(None), *which)))
    for session in found:
        session.ended_at, session.end_reason = clock.now(), reason
        db.session.add(Revocation(at=clock.now(), user_id=session.user_id, session_id=session.id, reason=reason))
    return [session.id for session in found]


def end_everything_of(user_id: int, reason: str) -> list[int]:
    """And connections whose session is not known are cut too."""
    db.session.add(Revocation(at=clock.now(), user_id=user_id, session_id=None, reason=reason))
    return end(LoginSession.user_id == user_id, reason=reason)


def end_all_of_the_backup() -> None:
    """Nobody comes back in with a sign-in that was open when the copy was made."""
    end(reason=RESTORED)
