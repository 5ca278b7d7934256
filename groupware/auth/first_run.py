"""The very first visit to an empty installation: who is there decides what the city is called and who administers it.

Whoever sits at the server itself needs nothing more. From elsewhere the code is asked for that stands on the server's console.
"""
import hmac
import sys
from functools import cache
from hashlib import sha256

from flask import current_app

from groupware.auth import hashing, throttle
from groupware.auth.arrival import Arrival, from_this_machine
from groupware.auth.commands.entering import Entry, sign_in
from groupware.auth.commands.founding import found_city
from groupware.auth.entering import Entered
from groupware.auth.forms import Foundation
from groupware.auth.models import BY_PASSWORD
from groupware.auth.tokens import ALPHABET, spelled
from groupware.directory.queries import actor_for, is_empty
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Invalid, NotFound


def is_first_run() -> bool:
    """The demo builds its own city."""
    return not current_app.config["DEMO"] and is_empty()


def needs_code() -> bool:
    """Prints the code where only the owner of the server reads it."""
    if from_this_machine():
        return False
    _print(setup_code())
    return True


def found(draft: Foundation, code: str, known: Arrival) -> Entered:
    """Raises Invalid, TooMany; NotFound once there is a city."""
    if not is_first_run():
        raise NotFound
    _check_code(code, known)
    user_id = found_city(SYSTEM, draft, hashing.hash_of(draft.password))
    actor = actor_for(user_id)
    if actor is None:
        raise NotFound
    return Entered(actor, sign_in(actor, Entry(known, BY_PASSWORD)))


def setup_code() -> str:
    """The same in every process of the installation, for it comes from its secret."""
    digest = hmac.digest(current_app.config["SECRET_KEY"].encode(), b"auth.first-run", sha256)
    return spelled(ALPHABET[byte % len(ALPHABET)] for byte in digest[:12])


def _check_code(code: str, known: Arrival) -> None:
    if from_this_machine():
        return
    purses = throttle.of_setup(known)
    throttle.pay(purses)
    if not hmac.compare_digest(code.strip().lower().encode(), setup_code().encode()):
        raise Invalid(code="登録用の番号が違います。サーバーの画面（または記録）に出ている番号を入れてください。")


@cache
def _print(code: str) -> None:
    """Once in the life of a process."""
    sys.stderr.write(f"\n  最初の登録に使う番号: {code}\n\n")
    sys.stderr.flush()
