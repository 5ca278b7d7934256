"""A city hall of any size for the benchmarks, made by the commands: ``python -m benchmarks.product.city FOLDER PEOPLE``.

Leaves ``people.json`` beside the database: a cookie and an id for everybody, and the ids of the rooms.
"""
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update

from chat.commands.messages import post_message
from chat.commands.rooms import create_room
from chat.forms import MessageDraft, RoomDraft
from chat.models import Member, Message, Room
from features import FEATURES
from groupware.app import create_app
from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, sign_in
from groupware.auth.models import BY_PASSWORD
from groupware.config import Config
from groupware.directory.commands.people import create_person
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.directory.queries import actor_for
from groupware.kernel import db, json, reactions
from groupware.kernel.actor import SYSTEM, Actor
from groupware.running.migrations import migrate

SECRET = "for-measuring-only"       # noqa: S105
SIZES = {"small": 20, "middle": 500, "large": 3000}
LONG, SHORT = 100_000, 100


def main() -> None:
    folder, people = Path(sys.argv[1]), int(sys.argv[2])
    config = Config(data=folder, secret=SECRET, demo=False)
    app = create_app(FEATURES, config)
    migrate(config.database_url)
    with app.app_context(), reactions.quietly():
        actors = db.write(lambda: make_people(people))
        known: dict[str, Any] = {"cookies": [cookie_of(app, token) for token in db.write(lambda: [enter(actor) for actor in actors])],
                 "people": [actor.user_id for actor in actors],
                 "rooms": {name: make_room(actors[:size]) for name, size in SIZES.items() if size <= people}}
        known["rooms"] |= {"long": _filled(actors[0], LONG), "short": _filled(actors[0], SHORT)}
    (folder / "people.json").write_text(json.dumps(known))


def make_people(many: int) -> list[Actor]:
    create_unit(SYSTEM, UnitDraft("0000", "測りの市", "市"))
    return [_person(number) for number in range(1, many + 1)]


def _person(number: int) -> Actor:
    draft = PersonDraft(f"{number:06}", "職員", f"{number}号", "しょくいん", "ごう", "正職員")
    user_id = create_person(SYSTEM, draft)
    assign_person(SYSTEM, user_id, PlaceDraft("0000", post="主事"))
    found = actor_for(user_id)
    if found is None:
        raise LookupError(user_id)
    return found


def enter(actor: Actor) -> str:
    return str(sign_in(actor, Entry(Arrival("127.0.0.1", "127.0.0.1", "測定", "measured"), BY_PASSWORD)))


def cookie_of(app: Flask, token: str) -> str:
    serializer: Any = app.session_interface.get_signing_serializer(app)     # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'_user_id': token})}"


def make_room(people: list[Actor]) -> int:
    draft = RoomDraft(f"{len(people)}人の部屋", "closed", people=tuple(actor.user_id for actor in people))
    return int(create_room(people[0], draft))


def _filled(owner: Actor, many: int) -> int:
    """The first message by its command, the others as copies of its row: they are read here, never written."""
    room_id = make_room([owner])
    post_message(owner, room_id, MessageDraft.parse({"text": "資料を共有フォルダーに置きました。", "key": f"first-message-{room_id}"}))
    first = db.session.execute(select(Message.__table__).where(Message.room_id == room_id)).mappings().one()
    rows = [{**first, "id": None, "seq": seq, "changed": seq, "client_key": f"copy-{room_id}-{seq}"} for seq in range(2, many + 1)]
    db.write(lambda: _copy(room_id, [{k: v for k, v in row.items() if k != "id"} for row in rows], many))
    return room_id


def _copy(room_id: int, rows: list[dict[str, Any]], many: int) -> None:
    connection = db.unit().connection
    connection.execute(insert(Message.__table__), rows)       # type: ignore[arg-type]
    connection.execute(update(Room).where(Room.id == room_id).values(last_seq=many, last_change=many))
    connection.execute(update(Member).where(Member.room_id == room_id).values(read_seq=many, seen_seq=many))


if __name__ == "__main__":
    main()
