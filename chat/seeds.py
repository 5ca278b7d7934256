"""The rooms of the demo city, made and filled by its own people through the commands."""
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from chat.commands import messages, rooms
from chat.forms import EditDraft, MessageDraft, RoomDraft
from chat.models import Message, Room
from chat.queries.members import member_ids
from chat.reading import Cursor, keep_cursors, set_favourite
from groupware.directory.queries import actor_for, ids_by_staff_number, ids_by_unit_code
from groupware.kernel import clock, db, json
from groupware.kernel.actor import Actor

FOLDER = Path(__file__).parent / "demo"
SATURDAY = 5
LAST_SAID = time(10, 30)     # no talk of the newest day is later: a city built earlier in the morning shows the day before
BEGUN = timedelta(days=45)          # the rooms are a little older than their oldest message


def plant() -> None:
    city = City()
    for room in _read("rooms.json"):
        city.open_room(room)
    for talk in city.in_order(_read("talks.json")):
        city.say(talk)
    city.read_as_told(_read("reads.json"))
    city.put_away()


class City:
    """Finds people by staff number and rooms and messages by the keys of the demo files."""

    def __init__(self) -> None:
        self.people, self.units = ids_by_staff_number(), ids_by_unit_code()
        self.actors: dict[str, Actor] = {}
        self.rooms: dict[str, int] = {}
        self.messages: dict[str, int] = {}
        self.old_rooms: list[tuple[Actor, int]] = []
        self.now = clock.now()
        self.newest_day = _newest_day(self.now.astimezone(clock.JST))

    def actor(self, staff_number: str) -> Actor:
        if staff_number not in self.actors:
            self.actors[staff_number] = actor_for(self.people[staff_number]) or _missing(staff_number)
        return self.actors[staff_number]

    def open_room(self, room: dict[str, Any]) -> None:
        owner = self.actor(room["owner"])
        members = tuple(self.people[number] for number in room.get("members", []))
        with clock.at(self.now - BEGUN):
            self.rooms[room["key"]] = self._open(owner, room, members)
            for fan in room.get("favourite_of") or []:
                set_favourite(self.actor(fan), self.rooms[room["key"]], True)

    def in_order(self, talks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        return iter(sorted(talks, key=self.moment))

    def say(self, talk: dict[str, Any]) -> None:
        actor, at = self.actor(talk["by"]), self.moment(talk)
        with clock.at(at):
            draft = MessageDraft.parse({"key": f"demo-{talk['key']}-{talk['by']}", "text": self._with_names(talk["text"])})
            self.messages[talk["key"]] = self._post(actor, talk, draft)
        with clock.at(min(at + timedelta(minutes=7), self.now)):
            self._follow_up(actor, talk, self.messages[talk["key"]])

    def moment(self, talk: dict[str, Any]) -> datetime:
        return datetime.combine(_working_day(self.newest_day, -talk["day"]), time.fromisoformat(talk["time"]), clock.JST)

    def read_as_told(self, reads: dict[str, Any] | list[dict[str, Any]]) -> None:
        """Named people have read as the file says; of the rest most have read nearly everything, each a little differently."""
        told = reads["reads"] if isinstance(reads, dict) else reads
        share = reads.get("default_unread_share", 0.2) if isinstance(reads, dict) else 0.2
        cursors = dict(self._by_default(share))
        for line in told:
            room = self.rooms[line["room"]]
            cursors[room, self.people[line["person"]]] = self._seq(line["read_through"])
        keep_cursors({key: Cursor(seq) for key, seq in cursors.items() if seq})

    def put_away(self) -> None:
        for owner, room_id in self.old_rooms:
            rooms.archive_room(owner, room_id)

    def _open(self, owner: Actor, room: dict[str, Any], members: tuple[int, ...]) -> int:
        if room["kind"] == "direct":
            other = next(member for member in members if member != owner.user_id)
            return rooms.open_direct(owner, other)
        units = [str(self.units[unit["code"]]) for unit in room.get("units", [])]
        draft = RoomDraft.parse({"name": room["name"], "kind": room["kind"], "purpose": room.get("purpose", ""), "measure": room.get("measure"),
                                 "people": list(members), "units": units})
        room_id = rooms.create_room(owner, draft)
        if room.get("archived"):
            self.old_rooms.append((owner, room_id))
        return room_id

    def _post(self, actor: Actor, talk: dict[str, Any], draft: MessageDraft) -> int:
        if talk.get("reply_to"):
            return messages.reply_message(actor, self.messages[talk["reply_to"]], draft).id
        return messages.post_message(actor, self.rooms[talk["room"]], draft).id

    def _follow_up(self, actor: Actor, talk: dict[str, Any], message_id: int) -> None:
        for stamp in talk.get("stamps", []):
            messages.press_stamp(self.actor(stamp["by"]), message_id, stamp["stamp"])
        if talk.get("edited"):
            messages.edit_message(actor, message_id, EditDraft.parse({"text": self._with_names(talk["edited"]), "revision": 1}))
        if talk.get("deleted"):
            messages.delete_message(actor, message_id)

    def _with_names(self, text: str) -> str:
        for number in set(_mentions(text)):
            text = text.replace(f"<@{number}>", f"<@{self.people[number]}>")
        return text

    def _by_default(self, share: float) -> Iterator[tuple[tuple[int, int], int]]:
        for room_id in self.rooms.values():
            room = db.session.get(Room, room_id)
            for user_id in member_ids(room_id):
                behind = user_id * 7919 % 100 < share * 100
                yield (room_id, user_id), max(room.last_seq - (user_id % 3 + 1 if behind else 0), 0) if room else 0

    def _seq(self, key: str | None) -> int:
        message = db.session.get(Message, self.messages[key]) if key else None
        return message.seq if message else 0


def _newest_day(now: datetime) -> date:
    return now.date() if now.time() > LAST_SAID else _working_day(now.date(), 1)


def _working_day(day: date, back: int) -> date:
    """So many working days ago; today counts as one, whatever day it is."""
    while back:
        day -= timedelta(days=1)
        back -= day.weekday() < SATURDAY
    return day


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_bytes())


def _mentions(text: str) -> list[str]:
    return [piece.partition(">")[0] for piece in text.split("<@")[1:]]


def _missing(staff_number: str) -> Actor:
    raise LookupError(f"the demo files name {staff_number}, whom the directory does not know")
