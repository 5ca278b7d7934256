"""Goes round in a thread of the helper: writes what is due, carries it, remembers what became of it.

Exactly once as far as SMTP allows: a letter is leased while it is carried, and only the newest attempt reports. When the helper falls
between the server's "taken" and the note of it, the letter goes out again under the same Message-ID, and the mail servers can tell.
"""
import logging
import threading
from collections.abc import Iterable
from datetime import timedelta

from flask import current_app
from sqlalchemy import select, update

from groupware.config import Config
from groupware.kernel import clock, db
from groupware.notifications.models import DROPPED, FAILED, SENT, WAITING, Letter
from groupware.notifications.post.carrying import Carrier, Later
from groupware.notifications.post.composing import Undeliverable, compose
from groupware.notifications.post.writing import forget_letters, write_letters

log = logging.getLogger(__name__)
PAUSE = 5.0                     # seconds between two rounds: what comes in that time is in one letter
BATCH = 20
LEASE = timedelta(minutes=15)
MOST_ATTEMPTS = 48
LONGEST_PAUSE = 60              # minutes between two attempts, about two days in all


def carry_for_ever(stop: threading.Event) -> None:
    config: Config = current_app.config["HOUSE"]
    while not stop.is_set():
        if not (go_round(config) and config.mail_host):
            stop.wait(PAUSE)
        db.forget_reading()


def go_round(config: Config) -> int:
    """How many letters were dealt with."""
    if not config.mail_host:
        forget_letters()
        return 0
    write_letters()
    letters = _lease()
    if letters:
        _carry_all(letters, config)
    return len(letters)


def _lease() -> list[Letter]:
    db.end_reading()
    due = db.session.scalar(select(Letter.id).where(Letter.state == WAITING, Letter.due_at <= clock.now()).limit(1))
    return list(db.write(_take)) if due else []


def _take() -> list[Letter]:
    due = (select(Letter).where(Letter.state == WAITING, Letter.due_at <= clock.now()).order_by(Letter.id).limit(BATCH)
           .with_for_update(skip_locked=True))
    letters = list(db.session.scalars(due))
    for letter in letters:
        letter.fence += 1
        letter.attempts += 1
        letter.due_at = clock.now() + LEASE
    return letters


def _carry_all(letters: Iterable[Letter], config: Config) -> None:
    """When the server is away for one, it is away for the others of this round too."""
    away = ""
    with Carrier(config) as carrier:
        for letter in letters:
            away = away or _carry(letter, config, carrier)
            if away:
                _postpone(letter, away)


def _carry(letter: Letter, config: Config, carrier: Carrier) -> str:
    """Why the server is away, or nothing."""
    try:
        message = compose(letter, config)
        if message is None:
            _settle(letter, state=DROPPED, error="")
        else:
            carrier.carry(message)
            _settle(letter, state=SENT, error="", address=message["To"].addresses[0].addr_spec)
    except Undeliverable as never:
        _settle(letter, state=FAILED, error=str(never))
    except Later as later:
        if later.server:
            return str(later)
        _postpone(letter, str(later))
    except Exception as failure:
        log.exception("letter %d", letter.id)
        _postpone(letter, f"組み立てられませんでした（{type(failure).__name__}）。")
    return ""


def _postpone(letter: Letter, why: str) -> None:
    if letter.attempts >= MOST_ATTEMPTS:
        _settle(letter, state=FAILED, error=why)
    else:
        pause = timedelta(minutes=min(2 ** (letter.attempts - 1), LONGEST_PAUSE))
        _note(letter, due_at=clock.now() + pause, error=why)


def _settle(letter: Letter, **values: object) -> None:
    _note(letter, done_at=clock.now(), **values)


def _note(letter: Letter, **values: object) -> None:
    mine = update(Letter).where(Letter.id == letter.id, Letter.fence == letter.fence, Letter.state == WAITING)
    db.write(lambda: db.unit().connection.execute(mine.values(**values)))
