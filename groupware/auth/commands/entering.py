"""Signing in, and failing to."""
from dataclasses import dataclass, field

from groupware.auth.arrival import Arrival
from groupware.auth.ending import REPLACED, SIGNED_OUT, end
from groupware.auth.events import SessionsEnded, SignedIn, SignInFailed
from groupware.auth.models import LoginSession, Password
from groupware.auth.permissions import Auth
from groupware.auth.throttle import Purse, give_back
from groupware.auth.tokens import fingerprint, new_token
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record


@dataclass(frozen=True, slots=True)
class Entry:
    """``token`` is what the browser gets, drawn before the transaction; ``paid`` is given back; ``new_hash`` replaces an outdated one."""

    arrival: Arrival
    way: str
    paid: tuple[Purse, ...] = ()
    new_hash: str | None = None
    owes: str = ""
    token: str = field(default_factory=new_token)


@command(Auth.ENTER)
def sign_in(actor: Actor, entry: Entry) -> str:
    """Always a new token; the session this browser had before ends. Returns the token."""
    end(LoginSession.token_hash == fingerprint(entry.arrival.token), reason=REPLACED)
    session = _session(actor, entry)
    db.session.add(session)
    db.session.flush()
    give_back(list(entry.paid))
    if entry.new_hash:
        _password_of(actor).hash = entry.new_hash
    record(actor, SignedIn(session.id, actor.user_id, entry.way))
    return entry.token


@command(Auth.FAIL)
def note_failure(actor: Actor, user_id: int, reason: str) -> None:
    record(actor, SignInFailed(user_id, reason))


@command(Auth.ENTER)
def sign_out(actor: Actor) -> None:
    """A second press changes nothing."""
    ended = end(LoginSession.id == actor.session_id, reason=SIGNED_OUT)
    if not ended:
        raise Already(None)
    record(actor, SessionsEnded(actor.user_id, tuple(ended), SIGNED_OUT))


def _session(actor: Actor, entry: Entry) -> LoginSession:
    known, now = entry.arrival, clock.now()
    return LoginSession(user_id=actor.user_id, token_hash=fingerprint(entry.token), way=entry.way, device=known.device,
                        address=known.address, network=known.network, created_at=now, last_seen_at=now, owes=entry.owes)


def _password_of(actor: Actor) -> Password:
    found = db.session.get(Password, actor.user_id)
    if found is None:
        raise LookupError(actor.user_id)
    return found
