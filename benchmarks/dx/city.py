"""A city hall of 1,500 in 60 sections, each with a head and a digital leader; one person steers, one is the CIO."""
from datetime import date
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.product.city import SECRET, enter
from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.directory.commands.people import create_person, grant_role
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.directory.queries import actor_for, ids_by_unit_code
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.running.migrations import migrate

STAFF, SECTIONS, LONG_AGO = 1_500, 60, date(2019, 4, 1)


class City:
    def __init__(self, url: str, folder: Path) -> None:
        config = Config(data=folder, database_url=url, secret=SECRET, demo=False)
        migrate(config.database_url)
        self.app, self.url = create_app(FEATURES, config), config.database_url
        with self.app.app_context():
            self.ids: list[int] = db.write(_people)
            self.units = [ids_by_unit_code()[_code(section)] for section in range(SECTIONS)]
            self.steering, self.cio = self.actor(2 * SECTIONS), self.actor(2 * SECTIONS + 1)

    def head(self, section: int) -> Actor:
        return self.actor(section)

    def leader(self, section: int) -> Actor:
        return self.actor(SECTIONS + section)

    def clerk(self, section: int, number: int = 0) -> Actor:
        """Somebody with no post and no role."""
        return self.actor((3 + number) * SECTIONS + section)

    def actor(self, place: int) -> Actor:
        found = actor_for(self.ids[place])
        if found is None:
            raise LookupError(place)
        return found

    def client(self, actor: Actor) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        token = enter(actor)
        with client.session_transaction() as session:
            session["_user_id"] = token
        return client


def _people() -> list[int]:
    create_unit(SYSTEM, UnitDraft("0000", "測りの市", "市"))
    for section in range(SECTIONS):
        create_unit(SYSTEM, UnitDraft(_code(section), f"第{section + 1}課", "課", "0000"))
    found = [_person(place) for place in range(STAFF)]
    for place in range(SECTIONS, 2 * SECTIONS):
        grant_role(SYSTEM, found[place], "leader")
    grant_role(SYSTEM, found[2 * SECTIONS], "steering")
    grant_role(SYSTEM, found[2 * SECTIONS + 1], "cio")
    return found


def _person(place: int) -> int:
    user_id: int = create_person(SYSTEM, PersonDraft(f"{place + 1:06}", "職員", f"{place + 1}号", "しょくいん", "ごう", "正職員"))
    assign_person(SYSTEM, user_id, PlaceDraft(_code(place % SECTIONS), post="課長" if place < SECTIONS else "主事", starts_on=LONG_AGO))
    return user_id


def _code(section: int) -> str:
    return f"{section + 1:04}"
