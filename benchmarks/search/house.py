"""A city hall in which a hundred people have talked for years: ``python -m benchmarks.search.house FOLDER MESSAGES``.

People, one room and one message are made by the commands, the others are copies of their rows. Leaves ``people.json`` (a cookie for everybody).
"""
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from benchmarks.product.city import SECRET, cookie_of, enter, make_people, make_room
from benchmarks.search import hall
from chat.commands.messages import post_message
from chat.forms import MessageDraft
from chat.models import Member, Message, Room
from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.kernel import db, json, reactions
from groupware.kernel.findable import Document
from groupware.running.migrations import migrate
from groupware.search.models import Waiting

PEOPLE, TOGETHER = 100, 2_000
SEATS = 100         # rooms everybody is in; what a thousand cost is measured at the engine itself


def main() -> None:
    folder, many = Path(sys.argv[1]), int(sys.argv[2])
    config = Config(data=folder, secret=SECRET, demo=False)
    app = create_app(FEATURES, config)
    migrate(config.database_url)
    with app.app_context(), reactions.quietly():
        actors = db.write(lambda: make_people(PEOPLE))
        cookies = [cookie_of(app, token) for token in db.write(lambda: [enter(actor) for actor in actors])]
        room = make_room(actors)
        post_message(actors[0], room, MessageDraft.parse({"text": "はじめの投稿です。", "key": "the-first-message-of-all"}))
        db.write(lambda: _more_rooms(room))
        counts: Counter[int] = Counter({room: 1})
        for some in _chunks(_messages(room, many, counts)):
            db.write(lambda some=some: _insert(Message, some))        # type: ignore[misc]
        db.write(lambda: _counted(counts))
        db.write(lambda: db.unit().connection.execute(delete(Waiting)))
    (folder / "people.json").write_text(json.dumps({"cookies": cookies, "room": room}))


def _more_rooms(first: int) -> None:
    """Rooms 2 to 2,000 like the first; everybody sits in the largest."""
    rooms, seats = _rows(Room, Room.id == first), _rows(Member, Member.room_id == first)
    _insert(Room, ({**rooms[0], "id": number, "name": f"部屋 {number}"} for number in range(first + 1, hall.ROOMS + 1)))
    for some in _chunks({**seat, "room_id": number} for number in range(first + 1, SEATS + 1) for seat in seats):
        _insert(Member, some)


def _messages(first: int, many: int, counts: Counter[int]) -> Iterator[dict[str, Any]]:
    copied = _rows(Message, Message.room_id == first)[0]
    del copied["id"]
    for document in hall.documents(many):
        room = max(first, int(document.audience.partition(":")[2]))
        counts[room] += 1
        yield {**copied, **_words(document), "room_id": room, "seq": counts[room], "changed": counts[room], "client_key": f"{document.ref}-{room}"}


def _words(document: Document) -> dict[str, Any]:
    return {"body": document.body, "plain": document.body, "html": f"<p>{document.body}</p>", "posted_at": document.at}


def _counted(counts: Counter[int]) -> None:
    connection = db.unit().connection
    for room, many in counts.items():
        connection.execute(update(Room).where(Room.id == room).values(last_seq=many, last_change=many))
        connection.execute(update(Member).where(Member.room_id == room).values(read_seq=many, seen_seq=many))


def _rows(model: Any, where: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(select(model.__table__).where(where)).mappings()]


def _insert(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    db.unit().connection.execute(insert(model.__table__), list(rows))


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    waiting = iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        yield some


if __name__ == "__main__":
    main()
