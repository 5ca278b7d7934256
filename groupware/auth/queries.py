"""Questions at the door. The first one is asked at every request and every socket event: one look here, the rest is the directory's."""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select

from groupware.auth import seen
from groupware.auth.arrival import Arrival
from groupware.auth.models import BY_PASSWORD, LoginSession, Password
from groupware.auth.permissions import can_end
from groupware.auth.strength import words_of
from groupware.auth.tokens import fingerprint
from groupware.directory.models import User
from groupware.directory.queries import actor_under, city_name, directory_mark
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.prepared import Prepared

ADDRESS_IS_KNOWN_FOR = timedelta(days=30)
SESSIONS, PASSWORDS = LoginSession.__table__, Password.__table__
BY_TOKEN = Prepared(     # it is asked at every request
    select(SESSIONS.c.id, SESSIONS.c.user_id, SESSIONS.c.way, SESSIONS.c.created_at, SESSIONS.c.last_seen_at, SESSIONS.c.owes,
           PASSWORDS.c.initial_until, directory_mark().label("mark"))
    .select_from(SESSIONS.outerjoin(PASSWORDS, PASSWORDS.c.user_id == SESSIONS.c.user_id))
    .where(SESSIONS.c.token_hash == bindparam("token"), SESSIONS.c.ended_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Account:
    """What a sign-in needs to know. Nobody has the id 0 and no hash."""

    user_id: int = 0
    hash: str | None = None
    initial_until: datetime | None = None

    @property
    def is_expired(self) -> bool:
        return bool(self.initial_until and self.initial_until <= clock.now())


def actor_for_token(token: str) -> Actor | None:
    """Who holds this token, now; None when the session has ended or run out, or the person may not act any more."""
    rows = db.ask(BY_TOKEN, {"token": fingerprint(token)})
    if not rows or _ran_out(rows[0].created_at, rows[0].last_seen_at):
        return None
    row = rows[0]
    actor = actor_under(row.mark, row.user_id, row.id)
    if actor is None:
        return None
    seen.touch(row.id, row.last_seen_at)
    must_change = row.initial_until is not None and row.way == BY_PASSWORD
    return replace(actor, must_change_password=must_change, owes=row.owes) if must_change or row.owes else actor


def account_for(staff_number: str) -> Account:
    query = (select(User.id, Password.hash, Password.initial_until).outerjoin(Password, Password.user_id == User.id)
             .where(User.staff_number == staff_number))
    row = db.session.execute(query).one_or_none()
    return Account(*row) if row else Account()


def account_of(user_id: int) -> Account:
    found = db.session.get(Password, user_id)
    return Account(user_id, found.hash, found.initial_until) if found else Account(user_id)


def knows_address(user_id: int, known: Arrival) -> bool:
    """Has this person signed in from there lately?"""
    recent = LoginSession.created_at > clock.now() - ADDRESS_IS_KNOWN_FOR
    mine = exists().where(LoginSession.user_id == user_id, LoginSession.network == known.network, recent)
    return bool(db.session.scalar(select(mine)))


def open_sessions(user_id: int) -> Sequence[LoginSession]:
    """The newest use first."""
    query = select(LoginSession).where(LoginSession.user_id == user_id, still_good())
    return db.session.scalars(query.order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())).all()


def session_for(actor: Actor, session_id: int) -> LoginSession:
    """One's own; anybody's for an administrator. Raises NotFound."""
    found = db.session.get(LoginSession, session_id)
    if found is None or not can_end(actor, found):
        raise NotFound
    return found


def holder_for(_: Actor, user_id: int) -> int:
    """The id of somebody who can have a password. Raises NotFound."""
    if db.session.get(User, user_id) is None:
        raise NotFound
    return user_id


def known_words(user_id: int) -> tuple[str, ...]:
    return (*words_of(db.session.get_one(User, user_id)), city_name())


def people_without_own_password() -> dict[int, bool]:
    """Active people who have no password yet (False), or one handed over and not changed since (True)."""
    query = (select(User.id, Password.initial_until.is_not(None)).outerjoin(Password, Password.user_id == User.id)
             .where(User.state == "active", or_(Password.user_id.is_(None), Password.initial_until.is_not(None))))
    return {user_id: bool(issued) for user_id, issued in db.session.execute(query)}


def still_good() -> ColumnElement[bool]:
    """Neither ended nor run out, as a condition."""
    created, used = _limits()
    return and_(LoginSession.ended_at.is_(None), LoginSession.created_at > created, LoginSession.last_seen_at > used)


def sessions_run_out() -> Sequence[int]:
    """Ended by nobody, but over their time, and by a minute more: a use of just now may still be on its way into the row."""
    created, used = (limit - seen.OFTEN_ENOUGH for limit in _limits())
    over = or_(LoginSession.created_at <= created, LoginSession.last_seen_at <= used)
    return db.session.scalars(select(LoginSession.id).where(LoginSession.ended_at.is_(None), over)).all()


def _ran_out(created_at: datetime, last_seen_at: datetime) -> bool:
    created, used = _limits()
    return created_at <= created or last_seen_at <= used


def _limits() -> tuple[datetime, datetime]:
    """Sessions begun, or last used, before these moments are over."""
    config, now = current_app.config, clock.now()
    return now - timedelta(hours=config["AUTH_ABSOLUTE_HOURS"]), now - timedelta(hours=config["AUTH_IDLE_HOURS"])
