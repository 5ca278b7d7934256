"""Passwords, login sessions, what was revoked, and how much each stranger has tried."""
from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

BY_PASSWORD, BY_DEMO = "password", "demo"
PROOF, SETUP = "proof", "setup"         # what a sign-in may still owe


class Password(Base):
    """``initial_until``: the password was handed over by an administrator; it opens only the page that changes it, until then."""

    __tablename__ = "auth_password"

    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    hash: Mapped[str]
    changed_at: Mapped[datetime]
    initial_until: Mapped[datetime | None]


class LoginSession(Base):
    """``token_hash`` is the SHA-256 of what the browser holds: who reads the table cannot sign in with it.

    ``network`` is the address by which guesses are counted (for IPv6 the /64). Rows stay for a while after their end.
    """

    __tablename__ = "auth_session"
    __table_args__ = (Index("ix_auth_session_user", "user_id", "ended_at"), Index("ix_auth_session_open", "ended_at", "last_seen_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    token_hash: Mapped[str] = mapped_column(unique=True)
    way: Mapped[str]                            # password, demo
    device: Mapped[str]                         # "Windows・Edge", for the person to recognise it
    address: Mapped[str]
    network: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    owes: Mapped[str] = mapped_column(default="", server_default="")        # proof, setup: until then only that page opens


class Factor(Base):
    """The second factor: a secret shared with the person's telephone. ``last_step``: the newest half minute whose code was used; none twice."""

    __tablename__ = "auth_factor"

    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    secret: Mapped[str]
    last_step: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]


class RecoveryCode(Base):
    """For the day on which the telephone is lost; ``hash`` only, each once."""

    __tablename__ = "auth_recovery_code"
    __table_args__ = (Index("ix_auth_recovery_code_user", "user_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    hash: Mapped[str]
    used_at: Mapped[datetime | None]


class Revocation(Base):
    """Read twice a second by every web process: the open connections of these sessions are cut."""

    __tablename__ = "auth_revocation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int]
    session_id: Mapped[int | None]              # None: every session of the person
    reason: Mapped[str]


class Throttle(Base):
    """``free_at``: seconds since 1970 at which the debt of past guesses is paid off. See ``throttle``."""

    __tablename__ = "auth_throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[float]


class DemoPerson(Base):
    """Somebody of the demo city who may be signed in as by one press. Only the demo's seed fills this table."""

    __tablename__ = "auth_demo_person"

    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    position: Mapped[int]
    reason: Mapped[str]
