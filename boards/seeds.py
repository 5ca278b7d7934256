"""The boards of the demo city, and what its own people have put up and read."""
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from boards import reading
from boards.commands.comments import post_comment
from boards.commands.places import add_board, found_board
from boards.commands.receipts import address_notice, confirm_notice
from boards.commands.writing import draft_notice, publish_notice
from boards.forms import BoardDraft, CommentDraft, NoticeDraft
from boards.queries.audience import reached_by
from groupware.directory.queries import actor_for, circle, ids_by_staff_number, ids_by_unit_code
from groupware.directory.queries.lists import all_posts
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor

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
        draft = BoardDraft(board["name"], board.get("purpose", ""), self.boards.get(board.get("parent", "")), rights)
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
        self._be_read(notice, notice_id)
        for remark in notice.get("comments", []):
            with clock.at(self._moment(-remark["day"], remark["time"])):
                post_comment(self.actor(remark["by"]), notice_id, CommentDraft.parse(MultiDict({"text": remark["text"]})))

    def _form(self, notice: dict[str, Any]) -> MultiDict[str, str]:
        form = MultiDict({"title": notice["title"], "body": "\n".join(notice["body"]), "sender": self._circle(notice["sender"]),
                          "strength": notice.get("strength", "tell"), "weight": notice.get("weight", "usual"), "measure": notice.get("measure", "")})
        for name in ("due_on", "ends_on", "starts_on"):
            if name in notice:
                form[name] = self._day(notice[name]).isoformat()
        for part, who in notice["for"]:
            kind, _, number = self._circle(who).partition(":")
            form.add(f"{part}_{kind}", number or "1")
        return form

    def _be_read(self, notice: dict[str, Any], notice_id: int) -> None:
        """Some have opened it, some have confirmed it, each a little differently; those named have not."""
        parts = [(part, self._circle(who)) for part, who in notice["for"]]
        late = {self.people[number] for number in notice.get("late", [])}
        reached, share = db.session.scalars(reached_by(parts)).all(), notice.get("opened", 60)
        opened = [user_id for user_id in reached if user_id not in late and user_id * 7919 % 100 < share]
        with clock.at(min(self._moment(-notice["day"], notice["time"]) + timedelta(minutes=50), self.now)):
            reading.keep_opened({(notice_id, user_id): clock.now() for user_id in opened})
            for user_id in opened:
                if notice.get("strength") == "confirm" and user_id * 6007 % 100 < notice.get("confirmed", 0):
                    confirm_notice(self._by_id(user_id), notice_id, ASKED_FIRST)

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
