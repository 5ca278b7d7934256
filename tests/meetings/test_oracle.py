"""Role by level by door: what each person gets of a sitting, against a table that is written here and asks nothing of the house.

Not a word of a closed item at any door: agenda, viewer, pictures, notes, minutes, votes, bundles, calendar, search, notices.
"""
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient

from groupware.files.paging import turns
from groupware.files.queries import files_of
from groupware.files.sending import send
from groupware.kernel import clock, db
from groupware.kernel.jobs import drain
from groupware.kernel.ref import Ref
from groupware.notifications.queries import unread_refs
from meetings.commands.bodies import change_body
from meetings.commands.minutes import write_entry
from meetings.commands.papers import hang_papers, replace_paper
from meetings.commands.prints import ask_bundle, keep_print, open_feed
from meetings.commands.reviewing import move_minutes
from meetings.commands.running import call_roll
from meetings.commands.sittings import change_sitting
from meetings.commands.votes import end_vote, open_vote
from meetings.drafts import EntryDraft, RollDraft, VoteDraft
from meetings.forms import BodyDraft, PapersDraft, SittingDraft
from meetings.queries.items import paper_ref
from tests.conftest import InProcess
from tests.directory.town import actor, person
from tests.files.office import browser
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, sitting
from tests.search.hall import Hall

LEVELS = ("public", "staff", "members", "secret")
SEATED = {"chair", "member", "secretary", "speaker", "observer"}
STAFF = SEATED | {"guest", "bystander", "administrator", "removed"}
READS = {"public": STAFF | {"outsider"}, "staff": STAFF, "members": {"chair", "member", "secretary", "speaker"},
         "secret": {"chair", "member", "secretary", "guest"}}       # the guest presents the secret item, and that alone
WATCH = {"chair", "member", "secretary", "speaker", "guest"}        # who may see minutes grow, of what they read
SIGHTS: dict[str, Callable[[str, str], bool]] = {
    "agenda": lambda who, level: who in READS[level],
    "viewer": lambda who, level: who in READS[level],
    "page": lambda who, level: who in READS[level],
    "picture": lambda who, level: who in READS[level],
    "thumbnail": lambda who, level: who in READS[level],
    "manifest": lambda who, level: who in READS[level],
    "words": lambda who, level: who in READS[level],
    "file": lambda who, level: who in READS[level],
    "notes": lambda who, level: who in READS[level],
    "own note": lambda who, level: who in READS[level],
    "growing": lambda who, level: who in READS[level] & (WATCH - {"guest"}) or (who, level) == ("guest", "secret"),
    "ballot": lambda who, level: who == "member",
    "bundle": lambda who, level: all(who in READS[each] for each in LEVELS[:LEVELS.index(level) + 1]),
    "search": lambda who, level: who in READS[level] and (who, level) != ("guest", "secret"),      # by the circle of the body alone
    "notice": lambda who, level: who in READS[level] & SEATED,
    "standing": lambda who, level: who in READS[level]}
KEPT = {"kind": "bookmark", "body": {}, "page": 1, "revision": 1}


class Room:
    """A public body with an item of each level: a paper on it, a word in its minutes, a vote, a bundle up to it."""

    def __init__(self, house: InProcess) -> None:
        self.house = house
        self.people = hall() | {"removed": actor(person("元委 一人", at="0310", post="主査"))}
        self.secretary, self.body_id = self.people["secretary"], body(self.people, "public")
        self._sit("removed")
        self.sitting_id = sitting(self.people, self.body_id)
        self.items = {level: item(self.secretary, self.sitting_id, f"議題-{level}", level=level, presenter_id=self._presenter(level))
                      for level in LEVELS}
        self.papers = {level: self._hang(level) for level in LEVELS}
        called(self.people, self.sitting_id)
        self._sit()
        self.clients: dict[str, FlaskClient] = {name: browser(house, who) for name, who in self.people.items()} | {"stranger": house.client()}
        hung = {level: files_of([paper_ref(each)])[paper_ref(each)][0] for level, each in self.papers.items()}
        self.files = {level: (file.id, file.sha256[:16]) for level, file in hung.items()}

    def _presenter(self, level: str) -> Any:
        return self.people["guest"].user_id if level == "secret" else ""

    def _sit(self, *more: str) -> None:
        seats = [(self.people[each].user_id, each) for each in sorted(SEATED)] + [(self.people[each].user_id, "member") for each in more]
        change_body(self.secretary, self.body_id, BodyDraft("DX連絡会議", "public", tuple(seats)))
        db.end_reading()

    def _hang(self, level: str) -> int:
        sent = send(self.secretary, f"{level}.pdf", [PAGE]).id
        [paper_id] = hang_papers(self.secretary, self.items[level], PapersDraft(((sent, f"leaf-{level}"),)))
        return int(paper_id)

    def draw(self) -> None:
        """As the helper does; all papers are the same bytes."""
        while turns.work():
            db.forget_reading()
        turns._child.stop()

    def write(self) -> None:
        call_roll(self.secretary, self.sitting_id, RollDraft(((self.people["member"].user_id, "present", ""),)))
        for level in LEVELS:
            write_entry(self.secretary, self.items[level], EntryDraft("remark", f"言葉-{level}"))
        self.votes = {level: open_vote(self.secretary, self.items[level], VoteDraft("named", f"採決-{level}")) for level in LEVELS}

    def bind(self) -> None:
        """A bundle up to each level, kept as the helper keeps it."""
        self.bundles = {level: self._bundle(place, level) for place, level in enumerate(LEVELS, 1)}
        db.end_reading()

    def _bundle(self, most: int, level: str) -> str:
        print_id, file_id = ask_bundle(self.secretary, self.sitting_id, level), send(self.secretary, f"綴り{level}.pdf", [PAGE]).id
        keep_print(self.secretary, print_id, file_id, [[self.items[each], self.papers[each], 1] for each in LEVELS[:most]], most)
        return str(file_id)

    def search(self) -> None:
        with ExitStack() as last:
            index = Hall(self.house, last)
            self.found = {name: {line.card.ref for line in index.ask(who, "議題").lines} for name, who in self.people.items()}

    def embargo(self, opens: Any) -> None:
        db.end_reading()
        change_sitting(self.secretary, self.sitting_id, SittingDraft(BEGINS, "大会議室", papers_at=opens, version=1))

    def replace_and_lock(self) -> None:
        for level in LEVELS:
            end_vote(self.secretary, self.votes[level], "for")
            replace_paper(self.secretary, self.papers[level], send(self.secretary, "新.pdf", [PAGE]).id, 1)
        move_minutes(self.secretary, self.sitting_id, "ask")
        while drain():
            pass
        move_minutes(self.people["chair"], self.sitting_id, "lock")

    def sends(self, who: str, path: str, **what: Any) -> int:
        db.end_reading()
        with self.clients[who].post(path, **what) as answer:
            return int(answer.status_code)

    def get(self, who: str, path: str) -> tuple[int, str]:
        db.end_reading()
        with self.clients[who].get(path) as answer:
            return answer.status_code, answer.get_data(as_text=True) if answer.mimetype in READABLE else ""

    def opens(self, who: str, path: str) -> bool:
        return self.get(who, path)[0] == 200

    def shown(self, who: str, path: str, mark: str) -> set[str]:
        """The levels of which the page speaks: by ``mark`` with the level behind."""
        page = self.get(who, path)[1]
        return {level for level in LEVELS if f"{mark}-{level}" in page}


def page() -> bytes:
    made, out = pikepdf.Pdf.new(), BytesIO()
    made.add_blank_page()
    made.save(out)
    return out.getvalue()


PAGE = page()
READABLE = {"text/html", "application/json", "text/calendar", "text/plain"}


def sees(room: Room, who: str, levels: tuple[str, ...] = LEVELS) -> Iterator[tuple[str, str]]:
    """(door, level) of all that the person comes to see."""
    at = f"/meetings/{room.sitting_id}"
    for door, path, mark in (("agenda", at, "議題"), ("viewer", f"{at}/stack", "leaf"), ("page", f"{at}/viewing", "leaf"),
                             ("growing", f"{at}/minutes", "言葉")):
        for level in room.shown(who, path, mark) & set(levels):
            yield door, level
    for level in levels:
        file_id, key = room.files[level]
        pages = f"/files/pages/{file_id}"
        picture = f"{pages}/{key}/1"
        for door, path in (("manifest", pages), ("picture", f"{picture}-1200"), ("thumbnail", f"{picture}-200"), ("words", f"{picture}.txt"),
                           ("file", f"/files/{file_id}/x.pdf"), ("notes", f"/meetings/papers/{room.papers[level]}/notes")):
            if room.opens(who, path):
                yield door, level


def differences(room: Room, doors: Callable[[Room, str], Iterator[tuple[str, str]]], names: set[str]) -> list[tuple[str, str, str, bool]]:
    wrong = []
    for who in room.clients:
        found = set(doors(room, who))
        for door in names:
            wrong += [(who, door, level, (door, level) in found) for level in LEVELS
                      if ((door, level) in found) != (who != "stranger" and SIGHTS[door](who, level))]
    return wrong



def acts(room: Room, who: str) -> Iterator[tuple[str, str]]:
    """(door, level) of all that the person comes to do, and of what follows from it."""
    for level in LEVELS:
        note = KEPT | {"file": room.files[level][0], "key": f"note-{who}-{level}"}
        if room.sends(who, f"/meetings/papers/{room.papers[level]}/notes", json={"notes": [note]}) == 200:
            yield "own note", level
        if room.sends(who, f"/meetings/votes/{room.votes[level]}/ballot", data={"choice": "for"}) == 303:
            yield "ballot", level
        if room.opens(who, f"/files/{room.bundles[level]}/x.pdf"):
            yield "bundle", level
        if Ref("meetings.item", room.items[level]) in room.found.get(who, ()):
            yield "search", level


def told(room: Room, who: str) -> Iterator[tuple[str, str]]:
    mine = {ref.id for _, ref in unread_refs({room.people[who].user_id}, "meetings.paper")} if who in room.people else set()
    for level in LEVELS:
        if room.papers[level] in mine:
            yield "notice", level
    for level in room.shown(who, f"/meetings/{room.sitting_id}/minutes", "言葉"):
        yield "standing", level


@pytest.fixture
def room(house: InProcess) -> Iterator[Room]:
    with clock.at(TUESDAY):
        yield Room(house)


def test_each_person_gets_at_each_door_exactly_what_the_table_says(room: Room) -> None:
    room.draw()
    room.write()
    assert differences(room, sees, {"agenda", "viewer", "page", "manifest", "picture", "thumbnail", "words", "file", "notes", "growing"}) == []
    room.bind()
    room.search()
    assert differences(room, acts, {"own note", "ballot", "bundle", "search"}) == []
    room.replace_and_lock()
    assert differences(room, told, {"notice", "standing"}) == []
    for who, expected in {"guest": True, "removed": False, "bystander": False, "outsider": False, **dict.fromkeys(SEATED, True)}.items():
        calendar = room.get("stranger", f"/meetings/feed.ics?key={open_feed(room.people[who])}")[1]
        assert ("第1回 DX連絡会議" in calendar, "議題" in calendar) == (expected, False), who


EARLY = {"chair", "secretary"}


def test_no_door_opens_a_second_before_the_papers_do(room: Room) -> None:
    opens, second = TUESDAY + timedelta(minutes=20), timedelta(seconds=1)
    room.embargo(opens)
    room.draw()
    room.bind()
    doors = {"viewer", "page", "manifest", "picture", "thumbnail", "words", "file", "notes"}
    levels, some = ("staff", "secret"), ("chair", "member", "guest", "bystander", "removed", "stranger")
    for moment, is_open in ((opens - second, False), (opens, True)):
        with clock.at(moment):
            found = {(who, door, level) for who in some for door, level in sees(room, who, levels) if door in doors}
            found |= {(who, "bundle", level) for who in some for level in levels if room.opens(who, f"/files/{room.bundles[level]}/x.pdf")}
            expected = {(who, door, level) for who in some for door in doors | {"bundle"} for level in levels
                        if who != "stranger" and SIGHTS[door](who, level)
                        and (is_open or who in EARLY or (door != "bundle" and (who, level) == ("guest", "secret")))}
            assert found ^ expected == set(), moment
