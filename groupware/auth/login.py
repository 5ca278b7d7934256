"""Flask-Login, told to remember a login session's token instead of a person."""
from dataclasses import dataclass

from flask import Flask, session
from flask_login import LoginManager, login_user, logout_user

from groupware.auth import hashing
from groupware.auth.guard import install_guard
from groupware.auth.queries import actor_for_token
from groupware.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Holder:
    """Just long enough for Flask-Login to note the token; from the next request on ``current_user`` is an Actor."""

    actor: Actor
    token: str
    is_authenticated = is_active = True
    is_anonymous = must_change_password = False

    def get_id(self) -> str:
        return self.token


def install_login(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None           # our own rows know more than a hash of the browser's name
    manager.user_loader(actor_for_token)
    install_guard(app)
    hashing.nobodys_hash()


def remember(actor: Actor, token: str) -> None:
    """Whatever the browser's session held before is gone."""
    session.clear()
    login_user(Holder(actor, token))


def forget() -> None:
    logout_user()
    session.clear()
