"""The boards of the demo city, and what its own people have put up and read."""
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from boards import reading
from boards.commands.comments import post_comment
from boards.commands.places import add_board, found_board
from boards.commands.publishing import publish_notice
from boards.commands.receipts import address_notice, confirm_notice
from boards.commands.reminding import tell_unopened
from boards.commands.routes import stamp_step, stand_at_step
from boards.commands.surveys import answer_notice
from boards.commands.writing import draft_notice, keep_model
from boards.forms import AnswerDraft, BoardDraft, CommentDraft, NoticeDraft
from boards.permissions import Boards
from boards.queries.audience import meant_by
from boards.queries.routes import steps_of
from boards.queries.sheets import sheet_for
from boards.queries.surveys import questions_of
from groupware.directory.queries import actor_for, circle, ids_by_staff_number, ids_by_unit_code
from groupware.directory.queries.aims import reached_by
from groupware.directory.queries.lists import all_posts
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.permissions import may

FOLDER = Path(__file__).parent / "demo"
ASKED_FIRST = 1


def plant() -> None:
    city = City()
    told = json.loads((FOLDER / "boards.json").read_bytes())
    for board in told["boards"]:
        city.found(board)
    for notice in told["notices"]:
        city.put_up(notice)


class City:
    """Finds people by staff number, units by code and boards by the keys of the demo file."""

    def __init__(self) -> None:
        self.people, self.units = ids_by_staff_number(), ids_by_unit_code()
        self.posts = {post.name: post.id for post in all_posts()}
        self.boards: dict[str, int] = {}
        self.now = clock.now()

    def actor(self, staff_number: str) -> Actor:
        found = actor_for(self.people[staff_number])
        if found is None:
            raise LookupError(f"the demo file names {staff_number}, whom the directory does not know")
        return found

    def found(self, board: dict[str, Any]) -> None:
        rights = frozenset((verb, self._circle(who)) for verb, who in board.get("rights", []))
        draft = BoardDraft(board["name"], board.get("purpose", ""), self.boards.get(board.get("parent", "")), rights, board.get("approval", False))
        keeper = self.actor(board["by"])
        self.boards[board["key"]] = add_board(keeper, draft.parent_id, draft) if draft.parent_id else found_board(keeper, draft)

    def put_up(self, notice: dict[str, Any]) -> None:
        sender = self.actor(notice["by"])
        with clock.at(self._moment(-notice["day"], notice["time"])):
            notice_id = draft_notice(sender, self.boards[notice["board"]], NoticeDraft.parse(self._form(notice)))
            if notice.get("draft"):
                return
            publish_notice(sender, notice_id)
            address_notice(SYSTEM, notice_id)
            if notice.get("model"):
                keep_model(sender, notice_id)
        self._be_read(notice, notice_id)
        tell_unopened(SYSTEM, notice_id)
        self._be_answered(notice, notice_id)
        self._go_round(notice, notice_id)
        for remark in notice.get("comments", []):
            with clock.at(self._moment(-remark["day"], remark["time"])):
                post_comment(self.actor(remark["by"]), notice_id, CommentDraft.parse(MultiDict({"text": remark["text"]})))

    def _form(self, notice: dict[str, Any]) -> MultiDict[str, str]:
        form = MultiDict({"title": notice["title"], "body": "\n".join(notice["body"]), "sender": self._circle(notice["sender"]),
                          "strength": notice.get("strength", "tell"), "weight": notice.get("weight", "usual"), "measure": notice.get("measure", ""),
                          **{name: "1" for name in ("anonymous", "by_unit") if notice.get(name)}, **self._asking(notice), **self._way(notice)})
        for name in ("due_on", "ends_on", "starts_on"):
            if name in notice:
                form[name] = self._day(notice[name]).isoformat()
        for part, who in notice.get("for", []):
            kind, _, number = self._circle(who).partition(":")
            form.add(f"{part}_{kind}", number or "1")
        return form

    def _be_read(self, notice: dict[str, Any], notice_id: int) -> None:
        """Some have opened it, some have confirmed it, each a little differently; those named have not."""
        parts = [(part, self._circle(who)) for part, who in notice.get("for", [])]
        late = {self.people[number] for number in notice.get("late", [])}
        reached, share = db.session.scalars(reached_by(parts)).all(), notice.get("opened", 60)
        opened = [user_id for user_id in reached if user_id not in late and user_id * 7919 % 100 < share]
        with clock.at(min(self._moment(-notice["day"], notice["time"]) + timedelta(minutes=50), self.now)):
            reading.keep_opened({(notice_id, user_id): clock.now() for user_id in opened})
            for user_id in opened:
                if notice.get("strength") == "confirm" and user_id * 6007 % 100 < notice.get("confirmed", 0):
                    confirm_notice(self._by_id(user_id), notice_id, ASKED_FIRST)

    def _asking(self, notice: dict[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for n, (text, kind, options, required) in enumerate(notice.get("questions", []), 1):
            found |= {f"q{n}_text": text, f"q{n}_kind": kind, f"q{n}_options": "\n".join(options)} | ({f"q{n}_required": "1"} if required else {})
        return found

    def _way(self, notice: dict[str, Any]) -> dict[str, str]:
        """``person:002977``, ``unit:0320`` or ``unit:0320:課長``; ``beside`` the one before; due so many days from now."""
        found: dict[str, str] = {}
        for n, (who, beside, due) in enumerate(notice.get("way", []), 1):
            kind, key, *post = who.split(":")
            found[f"s{n}_{kind}"] = str(self.people[key] if kind == "person" else self.units[key])
            found |= {f"s{n}_post": str(self.posts[name]) for name in post} | ({f"s{n}_beside": "1"} if beside else {})
            found |= {f"s{n}_due": self._day(due).isoformat()} if due else {}
        return found

    def _be_answered(self, notice: dict[str, Any], notice_id: int) -> None:
        """By a share of those it is for, each a little differently; of several answers in words each is given once."""
        asked = sheet_for(SYSTEM, notice_id).notice
        questions = questions_of(asked) if notice.get("answers") else []
        whom = db.session.scalars(meant_by(asked)).all() if questions else []
        with clock.at(min(self._moment(-notice["day"], notice["time"]) + timedelta(minutes=90), self.now)):
            for place, user_id in enumerate(each for each in whom if each * 6007 % 100 < notice["answers"]):
                form = MultiDict[str, str]()
                for question, given in zip(questions, notice["given"], strict=True):
                    said = given[(place * 7 + user_id) % len(given)] if len(given) > place or question.kind != "words" else ""
                    form.setlist(f"a{question.id}", said if isinstance(said, list) else [said])
                who = self._by_id(user_id)
                if may(who, Boards.ANSWER, sheet_for(who, notice_id)):
                    answer_notice(who, notice_id, AnswerDraft.parse(form, questions, ASKED_FIRST))

    def _go_round(self, notice: dict[str, Any], notice_id: int) -> None:
        """Who stamped it, or stood in for whom and why, one after another."""
        for day, hour, place, who, *reason in notice.get("stamps", []):
            with clock.at(self._moment(-day, hour)):
                step = steps_of(sheet_for(SYSTEM, notice_id).notice)[place]
                if reason:
                    stand_at_step(self.actor(who), step.id, ASKED_FIRST, reason[0])
                else:
                    stamp_step(self.actor(who), step.id, ASKED_FIRST)

    def _by_id(self, user_id: int) -> Actor:
        found = actor_for(user_id)
        if found is None:
            raise LookupError(f"nobody acts as {user_id}")
        return found

    def _circle(self, who: str) -> str:
        """``below:0310`` with the code of a unit, ``person:002079`` with a staff number."""
        kind, _, key = who.partition(":")
        if kind == "post":
            return circle(kind, self.posts[key])
        if kind in {"below", "unit"}:
            return circle(kind, self.units[key])
        return circle(kind, self.people[key]) if kind == "person" else who

    def _moment(self, day: int, hour: str) -> datetime:
        at = datetime.combine(self._day(day), time.fromisoformat(hour), clock.JST)
        return min(at, self.now - timedelta(minutes=1))

    def _day(self, day: int) -> date:
        """So many working days from today."""
        found, step = self.now.astimezone(clock.JST).date(), timedelta(days=1 if day > 0 else -1)
        left = abs(day)
        while left:
            found += step
            left -= found.weekday() < 5
        return found
