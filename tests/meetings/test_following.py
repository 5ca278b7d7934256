"""Every follower ends on the presenter's page, whatever was turned, missed, handed over or closed; and nobody hears of what is not theirs."""
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

import meetings
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from groupware.live.models import Relay
from meetings.commands.bodies import change_body
from meetings.commands.floor import call_everyone, hand_floor, leave_floor, take_floor
from meetings.commands.items import change_item
from meetings.following import enter, topics_for, turn
from meetings.forms import BodyDraft
from meetings.models.bodies import LEVELS
from meetings.models.sittings import Item
from meetings.queries.items import leaves_for
from meetings.queries.viewing import place_for
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, item_draft, papers, sitting, table

FOLLOWING = Path(meetings.__file__).parent / "static" / "meetings" / "following.js"
ROLES = ("chair", "member", "secretary", "speaker", "observer", "guest", "bystander")


def told(after: int = 0) -> list[Relay]:
    db.end_reading()
    return list(db.session.scalars(select(Relay).where(Relay.id > after, Relay.effect == "Broadcast").order_by(Relay.id)))


def place(who: Actor, sitting_id: int) -> dict[str, Any]:
    return place_for(who, table(who, sitting_id))


class Hall:
    """A sitting with an item of each level, a paper on each, and everybody in the room."""

    def __init__(self, people: dict[str, Actor] | None = None) -> None:
        self.people = people or hall()
        self.body_id = body(self.people)
        self.sitting_id = sitting(self.people, self.body_id)
        self.items = {level: item(self.people["secretary"], self.sitting_id, level, level=level) for level in LEVELS}
        self.papers = {level: papers(self.people["secretary"], each)[0] for level, each in self.items.items()}
        self.handed = papers(self.people["secretary"], self.items["staff"], "当日.pdf", handout=True)[0]
        called(self.people, self.sitting_id)

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]


@pytest.mark.usefixtures("house")
def test_the_presenter_alone_turns_for_all_and_hands_over_with_the_page() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        paper, other = room.papers["staff"], room.papers["public"]
        take_floor(room["member"], room.sitting_id)
        turn(room["member"], room.sitting_id, paper, 3)
        with pytest.raises(Conflict):
            turn(room["chair"], room.sitting_id, other, 1)
        with pytest.raises(Conflict):
            take_floor(room["speaker"], room.sitting_id)
        hand_floor(room["member"], room.sitting_id, room["speaker"].user_id)
        with pytest.raises(Conflict):
            turn(room["member"], room.sitting_id, other, 1)
        assert (place(room["observer"], room.sitting_id)["page"], place(room["observer"], room.sitting_id)["presenter"]["id"]) == (
            3, room["speaker"].user_id)
        take_floor(room["secretary"], room.sitting_id)      # at any time
        leave_floor(room["secretary"], room.sitting_id)
        assert place(room["observer"], room.sitting_id)["presenter"] is None


@pytest.mark.usefixtures("house")
def test_who_may_not_present_neither_takes_nor_is_handed_the_floor() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        for name in ("observer", "bystander", "administrator"):
            with pytest.raises(Forbidden):
                take_floor(room[name], room.sitting_id)
        with pytest.raises(NotFound):
            take_floor(room["outsider"], room.sitting_id)
        take_floor(room["chair"], room.sitting_id)
        for name in ("observer", "outsider"):
            with pytest.raises(Invalid):
                hand_floor(room["chair"], room.sitting_id, room[name].user_id)
        with pytest.raises(Forbidden):
            hand_floor(room["member"], room.sitting_id, room["member"].user_id)
        with pytest.raises(Conflict):
            call_everyone(room["member"], room.sitting_id)
        for paper, page in ((room.papers["staff"], 0), (room.papers["staff"], 2_001)):
            with pytest.raises(Invalid):
                turn(room["chair"], room.sitting_id, paper, page)
        with pytest.raises(NotFound):
            turn(room["chair"], room.sitting_id, 999_999, 1)


@pytest.mark.usefixtures("house")
def test_the_place_on_a_secret_paper_is_told_to_those_who_read_it_and_to_nobody_else() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        take_floor(room["chair"], room.sitting_id)
        topics = {name: topics_for(room[name], table(room[name], room.sitting_id)) for name in ROLES}
        before = told()[-1].id
        turn(room["chair"], room.sitting_id, room.papers["secret"], 2)
        said = [row.body for row in told(before)]
        assert {name for name in ROLES for each in said if each["topic"] in topics[name]} == {"chair", "member", "secretary"}
        assert {name for name in ROLES if place(room[name], room.sitting_id)["paper"]} == {"chair", "member", "secretary"}


@pytest.mark.usefixtures("house")
def test_what_is_handed_out_on_the_day_is_heard_of_by_nobody_a_second_too_soon() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        take_floor(room["chair"], room.sitting_id)
        turn(room["chair"], room.sitting_id, room.handed, 1)
        assert place(room["member"], room.sitting_id)["paper"] is None
        assert not {topic for topic in topics_for(room["member"], table(room["member"], room.sitting_id)) if f":{room.handed}." in topic}
    with clock.at(BEGINS):
        assert place(room["member"], room.sitting_id)["paper"] == room.handed
        assert {topic for topic in topics_for(room["member"], table(room["member"], room.sitting_id)) if f":{room.handed}." in topic}


@pytest.mark.usefixtures("house")
def test_who_loses_the_right_during_the_sitting_hears_nothing_more_though_still_connected() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        take_floor(room["chair"], room.sitting_id)
        topics = topics_for(room["observer"], table(room["observer"], room.sitting_id))
        change_item(room["secretary"], room.items["staff"], item_draft("staff", level="secret", version=1))
        before = told()[-1].id
        turn(room["chair"], room.sitting_id, room.papers["staff"], 2)
        assert not [row for row in told(before) if row.body["topic"] in topics]


@pytest.mark.usefixtures("house")
def test_everybody_is_called_once_and_is_free_again() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        take_floor(room["chair"], room.sitting_id)
        turn(room["chair"], room.sitting_id, room.papers["staff"], 7)
        began = place(room["member"], room.sitting_id)
        call_everyone(room["chair"], room.sitting_id)
        called_to = told()[-1].body["payload"]
        at = {"paper": room.papers["public"], "page": 1}
        me = {"me": room["member"].user_id, "at": at, "place": began}
        alone, hears, leafs = ["setFollow", False], ["hear", called_to], ["leaf", at]
        [left, again] = play([{**me, "acts": [alone, leafs, hears]}, {**me, "acts": [alone, hears, leafs, hears]}])
        assert (left["at"], again["at"], again["behind"]) == ({"paper": room.papers["staff"], "page": 7}, at, True)


@pytest.mark.usefixtures("house")
def test_a_place_that_comes_late_changes_nothing() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        take_floor(room["chair"], room.sitting_id)
        places = [turn(room["chair"], room.sitting_id, room.papers["staff"], page) for page in (2, 3, 4)]
        me = {"me": room["member"].user_id, "at": {"paper": room.papers["staff"], "page": 1}, "place": places[0]}
        [end] = play([{**me, "acts": [["hear", places[2]], ["hear", places[1]], ["setFollow", True]]}])
        assert end["at"]["page"] == 4


@pytest.mark.usefixtures("house")
def test_who_has_handed_over_follows_the_next_one() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        take_floor(room["chair"], room.sitting_id)
        turn(room["chair"], room.sitting_id, room.papers["staff"], 7)
        began = place(room["chair"], room.sitting_id)
        hand_floor(room["chair"], room.sitting_id, room["member"].user_id)
        given = told()[-1].body["payload"]
        turn(room["member"], room.sitting_id, room.papers["staff"], 2)
        me = {"me": room["chair"].user_id, "at": {"paper": room.papers["staff"], "page": 7}, "place": began}
        [end] = play([{**me, "acts": [["setFollow", False], ["floor", given], ["hear", place(room["chair"], room.sitting_id)]]}])
        assert end["at"]["page"] == 2


def play(followers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if not node:
        pytest.skip("needs node: apt-get install nodejs")
    done = subprocess.run([node, str(Path(__file__).with_name("followers.mjs")), str(FOLLOWING)], input=json.dumps({"followers": followers}),
                          capture_output=True, text=True, check=True, timeout=60)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


class Follower:
    """A browser: what it follows, what it heard and did, in its own order. Cut off, it hears nothing until it comes back."""

    def __init__(self, name: str, room: Hall) -> None:
        self.name, self.who, self.room, self.online = name, room[name], room, True
        self.began = {"me": self.who.user_id, "at": {"paper": room.papers["staff"], "page": 1}, "place": place(self.who, room.sitting_id)}
        self.topics, self.acts, self.late = set[str](), list[list[Any]](), list[list[Any]]()
        self.come()

    def come(self) -> None:
        """The place is asked for after the topics are entered, so that nothing falls between."""
        try:
            now = table(self.who, self.room.sitting_id)
        except NotFound:
            self.online, self.topics = False, set()
            return
        self.online, self.topics = True, topics_for(self.who, now)
        self.acts += [*self.late, ["hear", place_for(self.who, now)]]
        self.late = []

    def hear(self, body: dict[str, Any], dice: Random) -> None:
        if not self.online or body["topic"] not in self.topics:
            return
        if body["event"] == "meetings.changed":
            self.come()
            return
        act = [{"meetings.place": "hear", "meetings.floor": "floor"}[body["event"]], body["payload"]]
        if body["payload"].get("paper"):
            assert self.reads(body["payload"]["paper"]), f"{self.name} heard of a paper that is not theirs"
        (self.late if dice.random() < 0.2 else self.acts).append(act)       # some arrive out of order
        if dice.random() < 0.3:
            self.acts += self.late
            self.late = []

    def end(self, paper_id: int | None) -> None:
        """What was late comes at last, after what is newer; who was cut off, or has not asked since the paper opened, comes back."""
        if self.online and any(topic.startswith(f"meetings.paper:{paper_id}.") for topic in self.topics):
            self.acts += self.late
        else:
            self.come()
        self.acts.append(["setFollow", True])

    def reads(self, paper_id: int) -> bool:
        return bool(leaves_for(self.who, [paper_id]))


class Story:
    def __init__(self, seed: int, people: dict[str, Actor]) -> None:
        self.dice, self.room, self.moment = Random(seed), Hall(people), TUESDAY
        take_floor(self.room["chair"], self.room.sitting_id)
        self.followers = [Follower(name, self.room) for name in ROLES]
        self.seen = told()[-1].id

    def step(self) -> None:
        others = (self.leaf, self.cut, self.come, self.hand, self.call, self.close, self.leave, self.open)
        act = self.dice.choice((self.turn, self.turn, self.turn, *others))
        with clock.at(self.moment):
            act()
            self.deliver()

    def deliver(self) -> None:
        for row in told(self.seen):
            self.seen = row.id
            for follower in self.followers:
                follower.hear(row.body, self.dice)

    def turn(self) -> None:
        who = self.presenter() or self.anybody()
        self.attempt(lambda: turn(who, self.room.sitting_id, self.dice.choice(self.all_papers()), self.dice.randint(1, 9)))

    def leaf(self) -> None:
        follower = self.dice.choice(self.followers)
        mine = [paper for paper in self.all_papers() if follower.reads(paper)]
        if mine:
            follower.acts.append(["leaf", {"paper": self.dice.choice(mine), "page": self.dice.randint(1, 9)}])

    def cut(self) -> None:
        self.dice.choice(self.followers).online = False

    def come(self) -> None:
        self.dice.choice(self.followers).come()

    def hand(self) -> None:
        who = self.dice.choice([self.room["secretary"], self.presenter() or self.room["chair"]])
        self.attempt(lambda: hand_floor(who, self.room.sitting_id, self.anybody().user_id))

    def call(self) -> None:
        self.attempt(lambda: call_everyone(self.presenter() or self.room["chair"], self.room.sitting_id))

    def close(self) -> None:
        """An item becomes closer, or opener again."""
        title, item_id = self.dice.choice(list(self.room.items.items()))
        draft = item_draft(title, level=self.dice.choice(list(LEVELS)), version=db.session.get_one(Item, item_id).version)
        self.attempt(lambda: change_item(self.room["secretary"], item_id, draft))

    def leave(self) -> None:
        """Somebody leaves the body, or comes back to it."""
        stays = [role for role in ("chair", "member", "speaker", "observer") if self.dice.random() < 0.7]
        members = tuple((self.room[role].user_id, role) for role in ("secretary", *stays))
        self.attempt(lambda: change_body(self.room["secretary"], self.room.body_id, BodyDraft("DX連絡会議", "staff", members)))

    def open(self) -> None:
        """It begins."""
        self.moment = BEGINS

    def presenter(self) -> Actor | None:
        now = place(self.room["secretary"], self.room.sitting_id)["presenter"]
        return next((who for who in self.room.people.values() if now and who.user_id == now["id"]), None)

    def anybody(self) -> Actor:
        return self.dice.choice([self.room[name] for name in ROLES])

    def all_papers(self) -> list[int]:
        return [*self.room.papers.values(), self.room.handed]

    def attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refusal:
            return False
        return True


@pytest.mark.usefixtures("house")
def test_every_follower_ends_on_the_presenters_page_for_any_order_of_turns_joins_cuts_and_hand_overs(trials: Callable[[int, int], int]) -> None:
    with clock.at(TUESDAY):
        people = hall()
    for seed in range(trials(2, 60)):
        with clock.at(TUESDAY):
            story = Story(seed, people)
        for _ in range(24):
            story.step()
        with clock.at(story.moment):
            true = place(story.room["secretary"], story.room.sitting_id)
            for follower in story.followers:
                follower.end(true["paper"])
            ends = play([{**follower.began, "acts": follower.acts} for follower in story.followers])
            for follower, end in zip(story.followers, ends, strict=True):
                if follower.online and true["presenter"] and true["paper"] and follower.reads(true["paper"]):
                    mine = true["presenter"]["id"] == follower.who.user_id
                    assert mine or end["at"] == {"paper": true["paper"], "page": true["page"]}, (seed, follower.name)
                    assert not end["behind"], (seed, follower.name)


@pytest.mark.usefixtures("house")
def test_a_stranger_is_told_that_there_is_no_such_sitting() -> None:
    with clock.at(TUESDAY):
        room = Hall()
        with pytest.raises(NotFound):
            enter(room["outsider"], room.sitting_id)
        with pytest.raises(NotFound):
            turn(room["outsider"], room.sitting_id, room.papers["public"], 1)
