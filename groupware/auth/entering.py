"""What happens between the press of the button and the open door: pay for the guess, judge it, then let in or say no.

Every no is the same sentence and costs the same: one look at the account, one payment, one argon2 verification, one entry in the audit.
"""
from dataclasses import dataclass

from groupware.auth import hashing, throttle
from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, note_failure, sign_in
from groupware.auth.factors import factor_owed
from groupware.auth.forms import Credentials
from groupware.auth.models import BY_DEMO, BY_PASSWORD
from groupware.auth.permissions import STRANGER
from groupware.auth.queries import Account, account_for, account_of, knows_address
from groupware.auth.throttle import Purse
from groupware.directory.queries import actor_for
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound

NO = "職員番号かパスワードが違います。"
EXPIRED = "初めのパスワードの期限が過ぎています。管理者に、新しいものを頼んでください。"


@dataclass(frozen=True, slots=True)
class Entered:
    actor: Actor
    token: str
    owes: str = ""


def enter(given: Credentials, known: Arrival) -> Entered:
    """Raises Invalid, TooMany or Unavailable."""
    account = account_for(given.staff_number)
    purses = _purses(given.staff_number, account, known)
    throttle.pay(purses)
    right = hashing.matches(account.hash, given.password)
    if not right:
        raise _refused(account, "password", NO)
    actor = actor_for(account.user_id)
    if actor is None:
        raise _refused(account, "closed", NO)
    if account.is_expired:
        raise _refused(account, "expired", EXPIRED)
    owes = factor_owed(actor)
    entry = Entry(known, BY_PASSWORD, tuple(purses), _renewed(account, given.password), owes)
    return Entered(actor, sign_in(actor, entry), owes)


def enter_as_demo(user_id: int, known: Arrival) -> Entered:
    """Who may be chosen, and from where, was asked before."""
    actor = actor_for(user_id)
    if actor is None:
        raise NotFound
    return Entered(actor, sign_in(actor, Entry(known, BY_DEMO)))


def prove_again(actor: Actor, password: str) -> tuple[Purse, ...]:
    """Somebody signed in gives the password once more; returns what is to be given back when the deed is done. Raises Invalid, TooMany."""
    purses = throttle.of_session(actor.session_id or 0)
    throttle.pay(purses)
    if not hashing.matches(account_of(actor.user_id).hash, password):
        note_failure(actor, actor.user_id, "again")
        raise Invalid(current="いまのパスワードが違います。")
    return tuple(purses)


def _purses(staff_number: str, account: Account, known: Arrival) -> list[Purse]:
    if known.knows(account.user_id):
        return throttle.of_known_device(staff_number, known)
    if knows_address(account.user_id, known):
        return throttle.of_known_address(staff_number, known)
    return throttle.of_account(staff_number, known)


def _refused(account: Account, reason: str, sentence: str) -> Invalid:
    note_failure(STRANGER, account.user_id, reason)
    return Invalid(sentence)


def _renewed(account: Account, password: str) -> str | None:
    outdated = account.hash is not None and hashing.is_outdated(account.hash)
    return hashing.hash_of(password) if outdated else None
