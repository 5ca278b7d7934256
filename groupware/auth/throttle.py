"""How often one may guess. Nobody is ever locked out: strangers use up the strangers' budget, never the owner's.

A guess is paid for before it is judged, in its own transaction, so that a hundred at once cost a hundred. It is given back when
it was right. Which purse pays depends on who knocks:

- a device on which this person has signed in before pays from a purse of its own;
- so does an address from which this person has signed in lately, and it pays as an address as well;
- everybody else shares one purse for the account (10 guesses in any hour, from however many addresses) and pays as an address as well.
"""
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import select, text, update

from groupware.auth.arrival import Arrival
from groupware.auth.models import Throttle
from groupware.kernel import clock, db
from groupware.kernel.errors import TooMany

HOUR = 3600
SENTENCE = ("続けて間違えたため、しばらく受け付けられません。{wait}ほど待ってから、もう一度お試しください。"
            "お急ぎのときは、いつも使っている機器からサインインするか、管理者に連絡してください。")


@dataclass(frozen=True, slots=True)
class Purse:
    """``at_once`` guesses, and one more after each ``seconds``: at most ``at_once + 3600 / seconds`` in any hour."""

    key: str
    at_once: int
    seconds: float


def of_account(name: str, known: Arrival) -> list[Purse]:
    return [Purse(f"account:{_digest(name)}", 5, HOUR / 5), _of_address(known)]


def of_known_address(name: str, known: Arrival) -> list[Purse]:
    return [Purse(f"pair:{_digest(name)}:{known.network}", 5, HOUR / 5), _of_address(known)]


def of_known_device(name: str, known: Arrival) -> list[Purse]:
    return [Purse(f"device:{_digest(name)}:{known.device_id}", 10, HOUR / 10)]


def of_session(session_id: int) -> list[Purse]:
    """Somebody signed in who must give the password once more."""
    return [Purse(f"session:{session_id}", 5, HOUR / 5)]


def of_setup(known: Arrival) -> list[Purse]:
    return [_of_address(known)]


def pay(purses: list[Purse]) -> None:
    """Raises TooMany when one of them is empty; then none has paid."""
    db.write(lambda: _pay_all(sorted(purses, key=lambda purse: purse.key)))


def give_back(purses: list[Purse]) -> None:
    """The guess was right. Inside a command."""
    for purse in purses:
        db.session.execute(update(Throttle).where(Throttle.key == purse.key).values(free_at=Throttle.free_at - purse.seconds))


def forgive(purses: list[Purse]) -> None:
    """As ``give_back``, for a deed that is done already."""
    if purses:
        db.write(lambda: give_back(purses))


def _of_address(known: Arrival) -> Purse:
    """Wide: behind one address there may be a whole city hall, and only wrong guesses stay paid."""
    return Purse(f"address:{known.network}", 60, 60)


def _digest(name: str) -> str:
    """Now and then somebody types the password into the wrong field."""
    return blake2b(name.encode(), digest_size=16).hexdigest()


def _pay_all(purses: list[Purse]) -> None:
    """In the order of their keys: nobody waits for a row that waits for theirs."""
    for purse in purses:
        _pay(purse)


def _pay(purse: Purse) -> None:
    now = clock.now().timestamp()
    debt = max(_free_at(purse.key) - now, 0.0)
    wait = debt + purse.seconds - purse.at_once * purse.seconds
    if wait > 0:
        raise TooMany(SENTENCE.format(wait=_words(wait)), after=int(wait) + 1)
    db.session.execute(update(Throttle).where(Throttle.key == purse.key).values(free_at=now + debt + purse.seconds))


def _free_at(key: str) -> float:
    """The row is made if it is not there, and locked until the transaction ends."""
    db.session.execute(text("insert into auth_throttle (key, free_at) values (:key, 0) on conflict do nothing"), {"key": key})
    return db.session.scalars(select(Throttle.free_at).where(Throttle.key == key).with_for_update()).one()


def _words(seconds: float) -> str:
    return f"{int(seconds // 60) + 1}分" if seconds > 30 else "30秒"
