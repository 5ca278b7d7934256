"""Seats in a sitting: every step that is allowed and every other refused; the last free place is given once; who sees whom."""
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import move as transfer
from tests.directory.town import person, unit
from tests.support.flows import strays
from tests.training.hall import town
from tests.training.school import begin, course, move, sitting, state
from training.commands.courses import change_sitting, move_sitting
from training.commands.seats import mark_seats
from training.flows.courses import SEAT, SITTING
from training.forms.courses import Mark, SittingDraft
from training.models.courses import NOBODY, SEATS, SITTINGS, Course, Seat, SeatStep, Sitting
from training.permissions.courses import keeps, seat_parts
from training.queries.courses import completions_of, kept_for, takings

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)
MINE, HEADS, KEEPERS, HOUSE = ("self",), ("head", "above"), ("steering", "owner"), ("system",)
COMING, AGAIN = ("applied", "waiting", "booked"), (NOBODY, "withdrawn", "refused")
# (state, act): (who, next state). Facts, B-2.
ORACLE = {
    **{(before, "apply"): (MINE, "applied") for before in AGAIN},
    **{(before, "name"): ((*HEADS, *KEEPERS), "waiting") for before in (*AGAIN, "applied")},
    ("applied", "permit"): (HEADS, "waiting"), ("applied", "refuse"): (HEADS, "refused"), ("waiting", "seat"): (HOUSE, "booked"),
    **{(before, "withdraw"): ((*MINE, *HEADS), "withdrawn") for before in COMING},
    **{(before, "call-off"): (HOUSE, "called-off") for before in COMING},
    **{(before, "lapse"): (HOUSE, "withdrawn") for before in ("applied", "waiting")},
    ("booked", "attend"): (KEEPERS, "attended"), ("booked", "miss"): (KEEPERS, "absent"),
    **{(before, "complete"): (KEEPERS, "completed") for before in ("booked", "attended")},
    **{(before, "fail"): (KEEPERS, "failed") for before in ("booked", "attended")}}
HELD = {("planned", "announce"): (KEEPERS, "calling"), ("calling", "shut"): (KEEPERS, "shut"), ("shut", "reopen"): (KEEPERS, "calling"),
        **{(before, "settle"): (KEEPERS, "settled") for before in ("calling", "shut")},
        **{(before, "cancel"): (KEEPERS, "cancelled") for before in ("planned", "calling", "shut")}}


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


def test_a_seat_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    """Over all states, acts and people: the oracle is the table above."""
    row = db.session.get_one(Course, course(people, owner="other_head"))
    actors = {**{who: actor for who, actor in people.items() if who != "other_head"}, "owner": people["other_head"], "system": SYSTEM}
    parts = {who: seat_parts(actor, row, people["self"].user_id, unit("0310")) for who, actor in actors.items()}
    found = list(strays(SEAT, ORACLE, (NOBODY, *SEATS), (*SEAT.acts, "steal"), tuple(actors), lambda _, who: parts[who]))
    assert found == []
    keeping = {who: {"keeper"} if keeps(actor, row) and who != "system" else set() for who, actor in actors.items()}
    assert list(strays(SITTING, HELD, tuple(SITTINGS), (*SITTING.acts, "steal"), tuple(actors), lambda _, who: keeping[who])) == []


def test_asked_for_permitted_seated_and_completed_by_the_pages(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, months=12)
    at = sitting(people, number, 2)
    me, head, keeper = (signed_in(house, people[who]) for who in ("self", "head", "steering"))
    assert me.post(f"/training/sittings/{at}/seats", data={"act": "apply"}).status_code == 303
    assert "所属長の承認待ち" in me.get("/training").text
    assert "承認を待っています" in head.get("/training").text
    answer = head.post(f"/training/sittings/{at}/seats", data={"act": "permit", "person": people["self"].user_id})
    assert (answer.status_code, state(at, people["self"].user_id)) == (303, "booked")
    seat = db.session.query(Seat).one().id
    assert keeper.post(f"/training/sittings/{at}/marks", data={f"mark-{seat}": "complete"}).status_code == 422
    begin(at)
    assert keeper.post(f"/training/sittings/{at}/steps", data={"act": "settle"}).status_code == 422
    assert keeper.post(f"/training/sittings/{at}/marks", data={f"mark-{seat}": "complete"}).status_code == 303
    assert keeper.post(f"/training/sittings/{at}/steps", data={"act": "settle"}).status_code == 303
    done = completions_of(people["self"].user_id)
    assert [(each.title, each.done_on.isoformat(), str(each.expires_on)) for each in done] == [("情報の扱い", "2026-06-18", "2027-06-17")]
    assert "令和9年6月17日" in me.get("/training").text
    assert [step.act for step in db.session.query(SeatStep).order_by(SeatStep.id)] == ["apply", "permit", "seat", "complete"]


def test_the_last_place_is_given_once_and_the_first_in_line_comes_first(people: dict[str, Actor], trials: Callable[[int, int], int]) -> None:
    """Random applications, withdrawals and changes of the room against a line of one's own, kept by hand."""
    chance, rooms = Random(5), 3
    at = sitting(people, course(people), rooms)
    crowd = [person(f"受講 {number}", at="0311") for number in range(8)]
    line: list[int] = []
    ticks = count(1)
    for _ in range(trials(40, 400)):
        with clock.at(THIS + timedelta(seconds=next(ticks))):
            who = chance.choice(crowd)
            if who in line:
                move(people["head"], at, who, "withdraw")
                line.remove(who)
            elif chance.random() < 0.8:
                move(people["head"], at, who, "name")
                line.append(who)
            elif len(line) <= rooms:
                rooms = max(len(line), chance.randint(1, 5))
                _resize(people, at, rooms)
            db.end_reading()
            seats = {seat.user_id: seat.state for seat in db.session.query(Seat).filter(Seat.sitting_id == at)}
            assert {user for user in seats if seats[user] == "booked"} == set(line[:rooms])
            assert {user for user in seats if seats[user] == "waiting"} == set(line[rooms:])


def test_a_smaller_room_puts_nobody_out_and_a_larger_one_lets_in(people: dict[str, Actor]) -> None:
    at = sitting(people, course(people), 1)
    for who in ("self", "colleague"):
        move(people["head"], at, people[who].user_id, "name")
    assert state(at, people["colleague"].user_id) == "waiting"
    _resize(people, at, 2)
    assert state(at, people["colleague"].user_id) == "booked"
    with pytest.raises(Invalid, match="2人の席"):
        _resize(people, at, 1)


def test_what_is_late_or_twice_is_refused_with_a_sentence(people: dict[str, Actor]) -> None:
    number = course(people)
    first, second, hidden = sitting(people, number), sitting(people, number, days=20), sitting(people, number, called=False)
    mine = people["self"]
    move(mine, first, mine.user_id, "apply")
    with pytest.raises(Conflict, match="ほかの回"):
        move(mine, second, mine.user_id, "apply")
    with pytest.raises(NotFound):
        move(mine, hidden, mine.user_id, "apply")
    with pytest.raises(Invalid, match="わけ"):
        move(people["head"], first, mine.user_id, "refuse", "")
    with clock.at(THIS + timedelta(days=9, hours=20)), pytest.raises(Conflict, match="締め切られ"):
        move(people["colleague"], first, people["colleague"].user_id, "apply")
    begin(first)
    with pytest.raises(Conflict, match="始まっている"):
        move(mine, first, mine.user_id, "withdraw")


def test_nobody_permits_their_own_seat_and_whom_nobody_heads_the_keepers_answer_for(people: dict[str, Actor]) -> None:
    at = sitting(people, course(people))
    move(people["head"], at, people["head"].user_id, "apply")
    with pytest.raises(Forbidden):
        move(people["head"], at, people["head"].user_id, "permit")
    move(people["above"], at, people["head"].user_id, "permit")
    move(people["above"], at, people["above"].user_id, "apply")
    for who in ("head", "above", "mayor", "stranger"):
        with pytest.raises(Refusal):
            move(people[who], at, people["above"].user_id, "permit")
    move(people["steering"], at, people["above"].user_id, "permit")
    assert state(at, people["above"].user_id) == "booked"


def test_what_is_called_off_tells_why_and_frees_everybody(people: dict[str, Actor]) -> None:
    at = sitting(people, course(people), 1)
    for who in ("self", "colleague"):
        move(people["head"], at, people[who].user_id, "name")
    with pytest.raises(Invalid):
        move_sitting(people["steering"], at, "cancel")
    move_sitting(people["steering"], at, "cancel", "講師の都合")
    assert {state(at, people[who].user_id) for who in ("self", "colleague")} == {"called-off"}
    with pytest.raises(Conflict):
        move(people["self"], at, people["self"].user_id, "apply")


def test_marks_are_all_or_nothing(people: dict[str, Actor]) -> None:
    at = sitting(people, course(people))
    for who in ("self", "colleague"):
        move(people["head"], at, people[who].user_id, "name")
    begin(at)
    first, second = (seat.id for seat in db.session.query(Seat).order_by(Seat.id))
    with pytest.raises(Invalid):
        mark_seats(people["steering"], at, [Mark(first, "complete", ""), Mark(second, "miss", "")])
    assert {state(at, people[who].user_id) for who in ("self", "colleague")} == {"booked"}
    assert completions_of(people["self"].user_id) == []


def test_who_sees_who_sits_in_a_sitting(house: InProcess, people: dict[str, Actor]) -> None:
    """Keepers all, heads their own people, everybody themselves; an outsider nothing; who heads no more, no more."""
    at = sitting(people, course(people))
    move(people["head"], at, people["self"].user_id, "name")
    kept = kept_for(people["steering"], at)
    for who, actor in people.items():
        seen = [each.card.name for each in takings(actor, kept)] if who != "adviser" else []
        assert bool(seen) == (who in {"self", "head", "above", "steering"}), who
        assert signed_in(house, actor).get(f"/training/sittings/{at}").status_code == (404 if who == "adviser" else 200), who
    assert "柏木 真帆" not in signed_in(house, people["colleague"]).get(f"/training/sittings/{at}").text
    transfer(people["head"].user_id, "0320", clock.today(), "課長")
    db.end_reading()
    assert takings(people["head"], kept) == []


def _resize(people: dict[str, Actor], at: int, capacity: int) -> None:
    row = db.session.get_one(Sitting, at)
    change_sitting(people["steering"], at, SittingDraft(row.starts_at, row.ends_at, row.place, row.closes_on, "", capacity))
    db.end_reading()
