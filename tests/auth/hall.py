"""People of the house, and the browsers they come with."""
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from groupware.audit.models import Entry
from groupware.auth.commands.passwords import change_password
from groupware.auth.hashing import hash_of
from groupware.auth.models import LoginSession
from groupware.directory.commands.people import create_person, grant_role
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.directory.queries import actor_for
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM, Actor

PASSWORD = "雨の日は靴下を替える"
OFFICE, ELSEWHERE = "10.1.2.3", "192.88.99.2"


class CityHall:
    """One 課, and whoever is added to it."""

    def __init__(self, house: Any) -> None:
        self.house, self.app = house, house.app
        create_unit(SYSTEM, UnitDraft("0000", "かりの市", "市"))
        create_unit(SYSTEM, UnitDraft("0110", "市民課", "課", "0000"))

    def add(self, number: str, family: str = "藤倉", *, role: str = "", password: bool = True) -> int:
        """The person's id. With a password of their own, unless it is for the test to give one."""
        user_id = create_person(SYSTEM, PersonDraft(number, family, "美咲", "ふじくら", "みさき", "正職員", "misaki.fujikura@example.jp", "2111"))
        assign_person(SYSTEM, user_id, PlaceDraft("0110", post="係長"))
        if role:
            grant_role(SYSTEM, user_id, role)
        if password:
            change_password(self.actor(user_id), known_hash())
        return user_id

    def actor(self, user_id: int) -> Actor:
        found = actor_for(user_id)
        assert found
        return found

    def browser(self, address: str = OFFICE) -> FlaskClient:
        """A browser of its own, with its own cookies, at that address."""
        client = self.house.client()
        client.environ_base |= {"REMOTE_ADDR": address, "HTTP_ACCEPT": "text/html", "HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0) Chrome/1 Edg/1"}
        return client

    def signed_in(self, number: str, address: str = OFFICE) -> FlaskClient:
        client = self.browser(address)
        assert sign_in(client, number).status_code == 303
        return client


@cache
def known_hash() -> str:
    return hash_of(PASSWORD)


def sign_in(client: FlaskClient, number: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"staff_number": number, "password": password, **more})


def is_inside(client: FlaskClient) -> bool:
    return client.get("/me").status_code == 200


def sessions_of(user_id: int) -> Sequence[LoginSession]:
    db.forget_reading()
    return db.session.scalars(select(LoginSession).where(LoginSession.user_id == user_id).order_by(LoginSession.id)).all()


def audited(name: str) -> list[dict[str, Any]]:
    db.forget_reading()
    return list(db.session.scalars(select(Entry.body).where(Entry.event == name).order_by(Entry.id)))


def statements_of(act: Callable[[], object]) -> list[str]:
    """The SQL an act gives, by any engine."""
    said: list[str] = []

    def listen(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)
    engine_class = type(db.reading().get_bind())
    db.forget_reading()
    event.listen(engine_class, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine_class, "before_cursor_execute", listen)
    return said
