"""A house whose helper indexes when it is told to, and answers at its door."""
from contextlib import ExitStack
from typing import Any

from flask.testing import FlaskClient

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.search.choosing import own_engine
from groupware.search.keeper import Keeper
from groupware.search.searching import Results, Search, search
from tests.files.office import browser


class Hall:
    """``settle`` lets the helper do all there is to do; ``find`` is what somebody sees for what they typed."""

    def __init__(self, house: Any, last: ExitStack) -> None:
        self.house, self.keeper = house, Keeper(own_engine(), lambda: True)
        last.enter_context(self.keeper.at_the_door())
        self.settle()

    def settle(self) -> None:
        while self.keeper.round():
            pass
        db.forget_reading()

    def ask(self, actor: Actor, typed: str, **more: Any) -> Results:
        self.settle()
        with self.house.app.test_request_context():
            return search(actor, Search(typed, **more))

    def find(self, actor: Actor, typed: str, **more: Any) -> list[str]:
        """The texts found, marks left out; people and rooms first."""
        results = self.ask(actor, typed, **more)
        lines = [*(line for each in results.leading.values() for line in each), *results.lines]
        return ["".join(words for words, _ in (line.title if kind_is_lasting(line) else line.text)) for line in lines]

    def browser(self, actor: Actor) -> FlaskClient:
        return browser(self.house, actor)


def kind_is_lasting(line: Any) -> bool:
    return line.card.ref.kind in {"directory.user", "chat.room"}
